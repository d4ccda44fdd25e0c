#include <cppunit/extensions/HelperMacros.h>
#include <host/config/atomic_file.h>
#include <host/config/setting.h>
#include <host/config/user_folders.h>
#include <support/temporary_folder.h>

#include <sys/stat.h>

using namespace gantry;
using namespace gantry::host;

class ConfigFilesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfigFilesTest);
    CPPUNIT_TEST(a_new_file_is_private_and_its_folders_are_made);
    CPPUNIT_TEST(a_replaced_file_keeps_its_mode);
    CPPUNIT_TEST(a_symbolic_link_stays_one);
    CPPUNIT_TEST(a_failed_write_leaves_nothing_behind);
    CPPUNIT_TEST(refuses_to_read_beyond_the_limit);
    CPPUNIT_TEST(folders_follow_the_xdg_variables_or_home);
    CPPUNIT_TEST(a_setting_has_the_environment_name_of_its_key);
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
    void folders_follow_the_xdg_variables_or_home() {
        std::map<std::string, std::string> set{{"HOME", "/home/u"}, {"XDG_STATE_HOME", "rel"}};
        const auto lookup = [&](const std::string& name) -> std::optional<std::string> {
            const auto at = set.find(name);
            return at == set.end() ? std::nullopt : std::optional(at->second);
        };
        const auto folders = UserFolders::find(lookup);
        CPPUNIT_ASSERT_EQUAL(std::string("/home/u/.config/gantry"), folders.config.string());
        CPPUNIT_ASSERT_EQUAL(std::string("/home/u/.local/state/gantry"), folders.state.string());
        set["XDG_CONFIG_HOME"] = "/x";
        CPPUNIT_ASSERT_EQUAL(std::string("/x/gantry"), UserFolders::find(lookup).config.string());
        set.clear();
        CPPUNIT_ASSERT(UserFolders::find(lookup).config.empty());
    }
    void a_setting_has_the_environment_name_of_its_key() {
        CPPUNIT_ASSERT_EQUAL(std::string("GANTRY_CS_KEY_FILE"), environment_name("cs.key-file"));
        CPPUNIT_ASSERT_EQUAL(std::string("user file"), std::string(layer_name(Layer::user_file)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConfigFilesTest);
