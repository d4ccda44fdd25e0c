#include <crypto/net/access_files.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

namespace gantry::crypto {
namespace {

constexpr char kReaders[] = "[[rule]]\nwho = \"anyone\"\nmay = [\"read\"]\n";
constexpr char kWriters[] = "[[rule]]\nwho = \"anyone\"\nmay = [\"read\", \"write\"]\n";

class AccessFilesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessFilesTest);
    CPPUNIT_TEST(a_change_is_taken_in);
    CPPUNIT_TEST(a_broken_or_missing_file_leaves_the_rules_and_is_told_once);
    CPPUNIT_TEST(a_first_file_must_be_right);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    AccessFiles files_;

    static bool may_write(const AccessFile& file) {
        return file.rules()->check("", AccessRight::write, "x").ok();
    }
    // As editors write: a new file takes the name.
    void put(const char* text) {
        folder_.write("new", text);
        std::filesystem::rename(folder_ / "new", folder_ / "rules");
    }

  public:
    void a_change_is_taken_in() {
        const auto file = files_.open(folder_.write("rules", kReaders)).value();
        const auto old = file->rules();
        CPPUNIT_ASSERT(!may_write(*file) && !file->refresh().value());
        put(kWriters);
        CPPUNIT_ASSERT(!may_write(*file));
        CPPUNIT_ASSERT(file->refresh().value() && may_write(*file));
        CPPUNIT_ASSERT(!file->refresh().value());
        CPPUNIT_ASSERT(!old->check("", AccessRight::write, "x").ok());
    }
    void a_broken_or_missing_file_leaves_the_rules_and_is_told_once() {
        const auto path = folder_.write("rules", kWriters);
        const auto file = files_.open(path).value();
        put("[[rule]]\nwho = 5\n");
        const auto broken = file->refresh();
        CPPUNIT_ASSERT(broken.error().code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(path.string() + ":2", broken.error().context);
        CPPUNIT_ASSERT(may_write(*file) && !file->refresh().value());
        std::filesystem::remove(path);
        CPPUNIT_ASSERT(file->refresh().error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(may_write(*file) && !file->refresh().value());
        put(kReaders);
        CPPUNIT_ASSERT(file->refresh().value() && !may_write(*file));
    }
    void a_first_file_must_be_right() {
        CPPUNIT_ASSERT(files_.open(folder_ / "none").error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(files_.open(folder_.write("rules", "x")).error().code == ErrorCode::usage);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessFilesTest);

}  // namespace
}  // namespace gantry::crypto
