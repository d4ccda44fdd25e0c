#include <gantry/storage/whole_file.h>
#include <sys/stat.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

namespace gantry {
namespace {

class WholeFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WholeFileTest);
    CPPUNIT_TEST(a_new_file_is_private_and_its_folders_are_made);
    CPPUNIT_TEST(a_replaced_file_keeps_its_mode);
    CPPUNIT_TEST(a_symbolic_link_stays_one);
    CPPUNIT_TEST(a_failed_write_leaves_nothing_behind);
    CPPUNIT_TEST(refuses_to_read_beyond_the_limit);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    static unsigned mode(const std::filesystem::path& file) {
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat(file.c_str(), &status));
        return status.st_mode & 0777U;
    }

  public:
    void a_new_file_is_private_and_its_folders_are_made() {
        const auto file = folder_ / "a/b/c.toml";
        CPPUNIT_ASSERT(write_file_atomically(file, "text").ok());
        CPPUNIT_ASSERT_EQUAL(std::string("text"), folder_.read("a/b/c.toml"));
        CPPUNIT_ASSERT_EQUAL(0600U, mode(file));
        CPPUNIT_ASSERT_EQUAL(0700U, mode(folder_ / "a"));
    }
    void a_replaced_file_keeps_its_mode() {
        const auto file = folder_.write("f", "old");
        ::chmod(file.c_str(), 0640);
        CPPUNIT_ASSERT(write_file_atomically(file, "new").ok());
        CPPUNIT_ASSERT_EQUAL(0640U, mode(file));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), folder_.read("f"));
    }
    void a_symbolic_link_stays_one() {
        folder_.write("real", "old");
        std::filesystem::create_symlink("real", folder_ / "link");
        CPPUNIT_ASSERT(write_file_atomically(folder_ / "link", "new").ok());
        CPPUNIT_ASSERT(std::filesystem::is_symlink(folder_ / "link"));
        CPPUNIT_ASSERT_EQUAL(std::string("new"), folder_.read("real"));
    }
    void a_failed_write_leaves_nothing_behind() {
        folder_.write("file", "");
        CPPUNIT_ASSERT(!write_file_atomically(folder_ / "file/below", "x").ok());
        std::filesystem::create_directory(folder_ / "taken");
        folder_.write("taken/inside", "");
        CPPUNIT_ASSERT(!write_file_atomically(folder_ / "taken", "x").ok());
        CPPUNIT_ASSERT((std::vector<std::string>{"file", "taken", "taken/inside"}) ==
                       folder_.names());
    }
    void refuses_to_read_beyond_the_limit() {
        const auto file = folder_.write("f", "12345");
        CPPUNIT_ASSERT(read_whole_file(file, 5).ok());
        CPPUNIT_ASSERT(read_whole_file(file, 4).error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(read_whole_file(folder_ / "no", 4).error().code == ErrorCode::not_found);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WholeFileTest);

}  // namespace
}  // namespace gantry
