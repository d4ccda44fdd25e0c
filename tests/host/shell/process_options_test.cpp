#include <cppunit/extensions/HelperMacros.h>
#include <gantry/command/parser.h>
#include <host/shell/process_options.h>

using namespace gantry;
using namespace gantry::host;

class ProcessOptionsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProcessOptionsTest);
    CPPUNIT_TEST(the_spec_passes_the_lint);
    CPPUNIT_TEST(the_commands_name_ends_the_processs_own_options);
    CPPUNIT_TEST(reads_a_script_and_its_options);
    CPPUNIT_TEST(plugin_paths_and_settings_may_be_repeated);
    CPPUNIT_TEST(help_and_version_are_known);
    CPPUNIT_TEST(two_tasks_at_once_are_refused);
    CPPUNIT_TEST(an_unknown_option_is_refused_with_what_was_meant);
    CPPUNIT_TEST(a_setting_without_a_value_is_refused);
    CPPUNIT_TEST_SUITE_END();

    static ProcessOptions parsed(const std::vector<std::string>& words) {
        auto options = parse_process_options(words);
        if (!options) CPPUNIT_FAIL(describe(options.error()));
        return *options;
    }
    static std::string refused(const std::vector<std::string>& words) {
        auto options = parse_process_options(words);
        CPPUNIT_ASSERT(!options.ok());
        CPPUNIT_ASSERT(options.error().code == ErrorCode::usage);
        return describe(options.error());
    }

  public:
    void the_spec_passes_the_lint() {
        auto linted = lint(process_spec());
        if (!linted) CPPUNIT_FAIL(describe(linted.error()));
    }
    void the_commands_name_ends_the_processs_own_options() {
        const auto options = parsed({"--json", "-q", "cs", "get", "--json", "-k", "url"});
        CPPUNIT_ASSERT(options.json && options.quiet && !options.keep_going);
        CPPUNIT_ASSERT((std::vector<std::string>{"cs", "get", "--json", "-k", "url"}) ==
                       options.command);
    }
    void reads_a_script_and_its_options() {
        const auto options = parsed({"-kc", "a; b", "--events=-", "--config", "f"});
        CPPUNIT_ASSERT(options.keep_going);
        CPPUNIT_ASSERT_EQUAL(std::string("a; b"), options.script.value());
        CPPUNIT_ASSERT_EQUAL(std::string("-"), options.events.value());
        CPPUNIT_ASSERT_EQUAL(std::string("f"), options.config.value());
        CPPUNIT_ASSERT_EQUAL(std::string("x.gantry"), parsed({"-f", "x.gantry"}).file.value());
    }
    void plugin_paths_and_settings_may_be_repeated() {
        const auto options =
            parsed({"--plugin-path", "a", "--plugin-path=b", "--set", "k=v=w", "--set", "l="});
        CPPUNIT_ASSERT((std::vector<std::string>{"a", "b"}) == options.plugin_path);
        CPPUNIT_ASSERT_EQUAL(std::string("v=w"), options.settings.at("k"));
        CPPUNIT_ASSERT_EQUAL(std::string(), options.settings.at("l"));
    }
    void help_and_version_are_known() {
        CPPUNIT_ASSERT(parsed({"--help"}).help && parsed({"-h"}).help &&
                       parsed({"--version"}).version);
        CPPUNIT_ASSERT(!parsed({"cs", "--help"}).help);
        CPPUNIT_ASSERT(!parsed({"--set", "k=v", "cs"}).help);
    }
    void two_tasks_at_once_are_refused() {
        CPPUNIT_ASSERT(refused({"-c", "a", "b"}).find("only one of them") != std::string::npos);
        CPPUNIT_ASSERT(refused({"-c", "a", "-f", "b"}).find("only one of them") !=
                       std::string::npos);
    }
    void an_unknown_option_is_refused_with_what_was_meant() {
        CPPUNIT_ASSERT(refused({"--jsn", "cs"}).find("--json") != std::string::npos);
    }
    void a_setting_without_a_value_is_refused() {
        CPPUNIT_ASSERT(refused({"--set", "key"}).find("KEY=VALUE") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ProcessOptionsTest);
