#include <crypto/net/private_file.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

#include <sys/stat.h>

namespace gantry::crypto {
namespace {

class PrivateFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PrivateFileTest);
    CPPUNIT_TEST(its_owner_alone_may_use_it);
    CPPUNIT_TEST(never_overwrites);
    CPPUNIT_TEST(follows_no_link);
    CPPUNIT_TEST(a_missing_folder_is_not_found);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;

    Result<void> create(std::string_view name) {
        return create_private_file((folder_ / name).string(), std::string(name),
                                   as_bytes("content"));
    }
    ErrorCode refused(std::string_view name) {
        const auto made = create(name);
        CPPUNIT_ASSERT(!made);
        CPPUNIT_ASSERT_EQUAL(std::string(name), made.error().context);
        return made.error().code;
    }

  public:
    void its_owner_alone_may_use_it() {
        const auto before = ::umask(0);
        CPPUNIT_ASSERT(create("k").ok());
        ::umask(before);
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat((folder_ / "k").c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, status.st_mode & 0777);
        CPPUNIT_ASSERT_EQUAL(std::string("content"), folder_.read("k"));
    }
    void never_overwrites() {
        folder_.write("k", "old");
        CPPUNIT_ASSERT(refused("k") == ErrorCode::exists);
        CPPUNIT_ASSERT_EQUAL(std::string("old"), folder_.read("k"));
    }
    void follows_no_link() {
        std::filesystem::create_symlink(folder_ / "elsewhere", folder_ / "k");
        CPPUNIT_ASSERT(refused("k") == ErrorCode::exists);
        CPPUNIT_ASSERT(!std::filesystem::exists(folder_ / "elsewhere"));
    }
    void a_missing_folder_is_not_found() {
        CPPUNIT_ASSERT(refused("none/k") == ErrorCode::not_found);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PrivateFileTest);

}  // namespace
}  // namespace gantry::crypto
