#include <cppunit/extensions/HelperMacros.h>
#include <host/config/setting.h>
#include <host/config/user_folders.h>

using namespace gantry;
using namespace gantry::host;

class ConfigFilesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfigFilesTest);
    CPPUNIT_TEST(folders_follow_the_xdg_variables_or_home);
    CPPUNIT_TEST(a_setting_has_the_environment_name_of_its_key);
    CPPUNIT_TEST_SUITE_END();

  public:
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
