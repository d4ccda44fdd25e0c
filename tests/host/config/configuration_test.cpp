#include <cppunit/extensions/HelperMacros.h>
#include <host/config/configuration.h>
#include <support/temporary_folder.h>

using namespace gantry;
using namespace gantry::host;

class ConfigurationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConfigurationTest);
    CPPUNIT_TEST(the_strongest_layer_wins_and_is_named);
    CPPUNIT_TEST(an_unset_key_without_a_default_has_no_value);
    CPPUNIT_TEST(an_unknown_key_is_refused_with_what_was_meant_and_where_it_stands);
    CPPUNIT_TEST(a_table_of_a_plugin_that_is_not_here_is_left_alone);
    CPPUNIT_TEST(a_value_that_does_not_fit_its_kind_is_refused_with_its_place);
    CPPUNIT_TEST(a_file_that_was_named_must_be_there);
    CPPUNIT_TEST(setting_a_value_writes_the_users_file_and_holds_at_once);
    CPPUNIT_TEST(setting_a_value_under_a_stronger_layer_tells_which_wins);
    CPPUNIT_TEST(setting_an_unknown_key_writes_nothing);
    CPPUNIT_TEST(a_value_with_a_dollar_sign_is_taken_as_it_stands);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    ConfigurationSources sources_;

    std::unique_ptr<Configuration> open() {
        sources_.user_file = folder_ / "user.toml";
        sources_.system_file = folder_ / "system.toml";
        auto opened = Configuration::open(sources_);
        CPPUNIT_ASSERT(opened.ok());
        auto configuration = std::move(*opened);
        configuration->declare({{"color", ValueKind::choice, "auto", "Colours", {"auto", "never"}},
                                {"cs.port", ValueKind::integer, "6789", "The port", {}},
                                {"cs.key", ValueKind::text, "", "A key", {}}});
        return configuration;
    }
    Setting found(const std::string& key) {
        auto setting = open()->find(key);
        CPPUNIT_ASSERT(setting.ok());
        return *setting;
    }

  public:
    void the_strongest_layer_wins_and_is_named() {
        CPPUNIT_ASSERT(found("cs.port").origin == Layer::fallback);
        folder_.write("system.toml", "[cs]\nport = 1\n");
        CPPUNIT_ASSERT_EQUAL(folder_.path().string() + "/system.toml:2", found("cs.port").source);
        folder_.write("user.toml", "cs.port = 2\n");
        CPPUNIT_ASSERT(found("cs.port").origin == Layer::user_file);
        sources_.environment["GANTRY_CS_PORT"] = "3";
        CPPUNIT_ASSERT_EQUAL(std::string("GANTRY_CS_PORT"), found("cs.port").source);
        CPPUNIT_ASSERT_EQUAL(std::string("3"), found("cs.port").value.value());
        sources_.flags["cs.port"] = "4";
        CPPUNIT_ASSERT(found("cs.port").origin == Layer::flag);
        CPPUNIT_ASSERT_EQUAL(std::string("4"), open()->value("cs.port").value());
    }
    void an_unset_key_without_a_default_has_no_value() {
        CPPUNIT_ASSERT(!open()->value("cs.key").has_value());
        CPPUNIT_ASSERT(!found("cs.key").value.has_value());
        CPPUNIT_ASSERT(!open()->any_set());
    }
    void an_unknown_key_is_refused_with_what_was_meant_and_where_it_stands() {
        const auto file = folder_.write("user.toml", "[cs]\nprot = 1\n");
        auto checked = open()->check();
        CPPUNIT_ASSERT(!checked.ok());
        CPPUNIT_ASSERT_EQUAL(
            file.string() + ":2: there is no setting 'cs.prot'; did you mean 'cs.port'?",
            describe(checked.error()));
        CPPUNIT_ASSERT(open()->any_set());
    }
    void a_table_of_a_plugin_that_is_not_here_is_left_alone() {
        folder_.write("user.toml", "[bittorrent]\nport = 1\n");
        CPPUNIT_ASSERT(open()->check().ok());
        folder_.write("user.toml", "[sc]\nport = 1\n[colr]\nx = 1\n");
        CPPUNIT_ASSERT(!open()->check().ok());
    }
    void a_value_that_does_not_fit_its_kind_is_refused_with_its_place() {
        sources_.environment["GANTRY_CS_PORT"] = "many";
        auto checked = open()->check();
        CPPUNIT_ASSERT(!checked.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("GANTRY_CS_PORT"), checked.error().context);
    }
    void a_file_that_was_named_must_be_there() {
        sources_.user_file = folder_ / "none.toml";
        sources_.user_file_must_exist = true;
        auto opened = Configuration::open(sources_);
        CPPUNIT_ASSERT(!opened.ok());
        CPPUNIT_ASSERT(opened.error().code == ErrorCode::not_found);
    }
    void setting_a_value_writes_the_users_file_and_holds_at_once() {
        auto configuration = open();
        auto setting = configuration->set("cs.port", "99");
        CPPUNIT_ASSERT(setting.ok());
        CPPUNIT_ASSERT(setting->origin == Layer::user_file);
        CPPUNIT_ASSERT_EQUAL(std::string("99"), configuration->value("cs.port").value());
        CPPUNIT_ASSERT_EQUAL(std::string("[cs]\nport = 99\n"), folder_.read("user.toml"));
        CPPUNIT_ASSERT((std::vector<std::string>{"user.toml"}) == folder_.names());
    }
    void setting_a_value_under_a_stronger_layer_tells_which_wins() {
        sources_.environment["GANTRY_CS_PORT"] = "3";
        auto setting = open()->set("cs.port", "99");
        CPPUNIT_ASSERT(setting.ok());
        CPPUNIT_ASSERT(setting->origin == Layer::environment);
        CPPUNIT_ASSERT_EQUAL(std::string("3"), setting->value.value());
    }
    void setting_an_unknown_key_writes_nothing() {
        auto setting = open()->set("cs.prot", "99");
        CPPUNIT_ASSERT(!setting.ok());
        CPPUNIT_ASSERT(setting.error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(!open()->set("cs.port", "x").ok());
        CPPUNIT_ASSERT(folder_.names().empty());
    }
    void a_value_with_a_dollar_sign_is_taken_as_it_stands() {
        sources_.flags["cs.key"] = "${cs.port}";
        CPPUNIT_ASSERT_EQUAL(std::string("${cs.port}"), open()->value("cs.key").value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConfigurationTest);
