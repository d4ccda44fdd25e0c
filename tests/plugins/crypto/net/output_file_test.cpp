#include <crypto/net/output_file.h>
#include <host/system/folder_store.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

#include <sys/stat.h>

namespace gantry::crypto {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutputFileTest);
    CPPUNIT_TEST(has_its_name_only_when_it_is_committed);
    CPPUNIT_TEST(nothing_is_left_without_a_commit);
    CPPUNIT_TEST(replaces_or_keeps_an_older_file_as_asked);
    CPPUNIT_TEST(a_name_that_is_taken_meanwhile_is_kept_too);
    CPPUNIT_TEST(pipes_and_devices_are_not_replaced);
    CPPUNIT_TEST(a_folder_is_no_file);
    CPPUNIT_TEST(a_missing_folder_is_not_found_and_not_made);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;

    Result<OutputFile> create(std::string_view name, Overwrite overwrite = Overwrite::yes) {
        return OutputFile::create([](const std::string& folder,
                                     bool make) { return host::open_folder_store(folder, make); },
                                  (folder_ / name).string(), std::string(name), overwrite);
    }
    ErrorCode refused(std::string_view name, Overwrite overwrite = Overwrite::yes) {
        const auto made = create(name, overwrite);
        CPPUNIT_ASSERT(!made);
        CPPUNIT_ASSERT_EQUAL(std::string(name), made.error().context);
        return made.error().code;
    }
    static void write(OutputFile& file, std::string_view text) {
        const auto bytes = as_bytes(text);
        CPPUNIT_ASSERT(file.file().write_at(0, std::span(&bytes, 1)).ok());
    }
    std::size_t entries() {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
    }

  public:
    void has_its_name_only_when_it_is_committed() {
        auto file = create("a").value();
        write(file, "new");
        CPPUNIT_ASSERT(!fs::exists(folder_ / "a"));
        CPPUNIT_ASSERT(file.commit().ok());
        CPPUNIT_ASSERT_EQUAL(std::string("new"), folder_.read("a"));
    }
    void nothing_is_left_without_a_commit() {
        {
            auto file = create("a").value();
            write(file, "new");
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, entries());
    }
    void replaces_or_keeps_an_older_file_as_asked() {
        folder_.write("a", "old");
        CPPUNIT_ASSERT(refused("a", Overwrite::no) == ErrorCode::exists);
        auto file = create("a").value();
        write(file, "new");
        CPPUNIT_ASSERT_EQUAL(std::string("old"), folder_.read("a"));
        CPPUNIT_ASSERT(file.commit().ok());
        CPPUNIT_ASSERT_EQUAL(std::string("new"), folder_.read("a"));
    }
    void a_name_that_is_taken_meanwhile_is_kept_too() {
        auto file = create("a", Overwrite::no).value();
        folder_.write("a", "theirs");
        CPPUNIT_ASSERT(file.commit().error().code == ErrorCode::exists);
        CPPUNIT_ASSERT_EQUAL(std::string("theirs"), folder_.read("a"));
    }
    void pipes_and_devices_are_not_replaced() {
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo((folder_ / "pipe").c_str(), 0600));
        fs::create_symlink("/dev/null", folder_ / "null");
        CPPUNIT_ASSERT(refused("pipe") == ErrorCode::unsupported);
        CPPUNIT_ASSERT(refused("null") == ErrorCode::unsupported);
        CPPUNIT_ASSERT(fs::is_symlink(folder_ / "null"));
    }
    void a_folder_is_no_file() {
        folder_.write("deep/a", "");
        CPPUNIT_ASSERT(refused("deep") == ErrorCode::usage);
    }
    void a_missing_folder_is_not_found_and_not_made() {
        CPPUNIT_ASSERT(refused("none/a") == ErrorCode::not_found);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, entries());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OutputFileTest);

}  // namespace
}  // namespace gantry::crypto
