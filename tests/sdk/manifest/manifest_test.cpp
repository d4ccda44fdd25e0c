#include <gantry/plugin/abi.h>
#include <gantry/plugin/manifest.h>

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace gantry {
namespace {

using nlohmann::json;

class ManifestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ManifestTest);
    CPPUNIT_TEST(the_example_of_the_documentation_is_good);
    CPPUNIT_TEST(the_smallest_manifest_has_its_name_for_group);
    CPPUNIT_TEST(reads_services_and_settings);
    CPPUNIT_TEST(needs_the_four_members_that_say_who_it_is);
    CPPUNIT_TEST(refuses_names_that_are_not_lower_case_words);
    CPPUNIT_TEST(refuses_control_characters_anywhere);
    CPPUNIT_TEST(commands_begin_with_the_group);
    CPPUNIT_TEST(refuses_doubles);
    CPPUNIT_TEST(a_setting_obeys_its_kind);
    CPPUNIT_TEST(takes_the_most_commands_and_no_more);
    CPPUNIT_TEST(takes_the_most_options_and_no_more);
    CPPUNIT_TEST(errors_have_the_code_of_plugins);
    CPPUNIT_TEST(reads_a_descriptor);
    CPPUNIT_TEST(refuses_unknown_members_of_our_own_abi);
    CPPUNIT_TEST(passes_over_unknown_members_of_a_newer_minor);
    CPPUNIT_TEST(reads_only_the_identity_of_another_major);
    CPPUNIT_TEST_SUITE_END();

    json small_ = {{"name", "cs"}, {"version", "1.0"}, {"license", "MIT"}, {"summary", "Files"}};

    static std::string problem(const json& manifest) {
        const auto parsed = parse_manifest(manifest.dump());
        return parsed ? "" : describe(parsed.error());
    }
    std::string with(const char* member, const json& value) const {
        auto changed = small_;
        changed[member] = value;
        return problem(changed);
    }
    static void equal(const char* expected, const std::string& actual) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), actual);
    }
    json descriptor() const {
        return {{"abi", {{"major", GANTRY_ABI_MAJOR}, {"minor", GANTRY_ABI_MINOR}}},
                {"fingerprint", "print"},
                {"manifest", small_}};
    }
    static json commands(std::size_t count) {
        json list = json::array();
        for (std::size_t i = 0; i < count; ++i)
            list.push_back({{"name", "cs c" + std::to_string(i)}, {"summary", "S"}});
        return list;
    }

  public:
    void the_example_of_the_documentation_is_good() {
        std::ifstream in(GANTRY_SOURCE_DIR "/docs/plugin-descriptor.md");
        const std::string page{std::istreambuf_iterator<char>(in), {}};
        const auto start = page.find("    {\n      \"name\"");
        CPPUNIT_ASSERT(start != page.npos);
        const auto parsed = parse_manifest(std::string_view(page).substr(start));
        CPPUNIT_ASSERT_MESSAGE(parsed ? "" : describe(parsed.error()), parsed.ok());
        equal("weather", parsed->name);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, parsed->commands.at(0).options.size());
    }
    void the_smallest_manifest_has_its_name_for_group() {
        const auto parsed = parse_manifest(small_.dump()).value();
        equal("cs", parsed.group);
        CPPUNIT_ASSERT(parsed.commands.empty() && parsed.schemes.empty());
    }
    void reads_services_and_settings() {
        small_["requires"] = {{{"id", "gantry.digest"}}};
        small_["optional"] = {{{"id", "gantry.transport"}, {"version", 2}, {"instance", "rudp"}}};
        small_["settings"] = {
            {{"key", "port"}, {"kind", "integer"}, {"default", "6789"}, {"summary", "Where"}}};
        const auto parsed = parse_manifest(small_.dump()).value();
        CPPUNIT_ASSERT((parsed.requires_services.at(0) == ServiceNeed{"gantry.digest", 1, ""}));
        CPPUNIT_ASSERT(
            (parsed.optional_services.at(0) == ServiceNeed{"gantry.transport", 2, "rudp"}));
        CPPUNIT_ASSERT((parsed.settings.at(0) ==
                        SettingSpec{"port", ValueKind::integer, "6789", "Where", {}}));
        CPPUNIT_ASSERT(parsed.provides_services.empty());
    }
    void needs_the_four_members_that_say_who_it_is() {
        for (const auto* member : {"name", "version", "license", "summary"}) {
            auto changed = small_;
            changed.erase(member);
            CPPUNIT_ASSERT_EQUAL(member + std::string(": is missing"), problem(changed));
        }
    }
    void refuses_names_that_are_not_lower_case_words() {
        for (const auto* name : {"", "Cs", "c s", "../cs", "cs\n", "cs/x", "\x1b[1m"})
            CPPUNIT_ASSERT_MESSAGE(name, with("name", name).starts_with("name: must be"));
        equal("name: 'host' is taken", with("name", "host"));
    }
    void refuses_control_characters_anywhere() {
        CPPUNIT_ASSERT(with("summary", "a\x1b[2J").starts_with("summary: must be"));
        CPPUNIT_ASSERT(with("license", "MIT\n").starts_with("license: must be"));
        CPPUNIT_ASSERT(with("version", "1\t").starts_with("version: must be"));
        equal("has an unknown member with an unprintable name", with("\x1b", 1));
    }
    void commands_begin_with_the_group() {
        equal("commands: 'lftp get' does not begin with 'cs'",
              with("commands", {{{"name", "lftp get"}, {"summary", "S"}}}));
        equal("commands: 'cs' does not begin with 'cs'",
              with("commands", {{{"name", "cs"}, {"summary", "S"}}}));
        small_["group"] = "bt";
        equal("", with("commands", {{{"name", "bt get"}, {"summary", "S"}}}));
    }
    void refuses_doubles() {
        equal("schemes: has 'cs' twice", with("schemes", {"cs", "cs"}));
        equal("commands: has 'cs c0' twice", with("commands", {commands(1)[0], commands(1)[0]}));
        const json service = {{"id", "gantry.digest"}};
        equal("provides: has 'gantry.digest 1 ' twice", with("provides", {service, service}));
    }
    void a_setting_obeys_its_kind() {
        equal(
            "settings[0]: option --value: its default: 'x' is not a whole number",
            with("settings",
                 {{{"key", "port"}, {"kind", "integer"}, {"default", "x"}, {"summary", "Where"}}}));
    }
    void takes_the_most_commands_and_no_more() {
        equal("", with("commands", commands(manifest_limits::kCommands)));
        equal("commands: has more than 128 items",
              with("commands", commands(manifest_limits::kCommands + 1)));
    }
    void takes_the_most_options_and_no_more() {
        auto list = commands(1);
        for (std::size_t i = 0; i < manifest_limits::kOptions; ++i)
            list[0]["options"].push_back({{"name", "o" + std::to_string(i)}, {"summary", "S"}});
        equal("", with("commands", list));
        list[0]["options"].push_back({{"name", "more"}, {"summary", "S"}});
        equal("commands[0].options: has more than 64 items", with("commands", list));
    }
    void errors_have_the_code_of_plugins() {
        CPPUNIT_ASSERT(parse_manifest("[]").error().code == ErrorCode::plugin);
        CPPUNIT_ASSERT(parse_manifest("{").error().code == ErrorCode::plugin);
        CPPUNIT_ASSERT(parse_descriptor("{}").error().code == ErrorCode::plugin);
    }
    void reads_a_descriptor() {
        const auto parsed = parse_descriptor(descriptor().dump()).value();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{GANTRY_ABI_MAJOR}, parsed.abi_major);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{GANTRY_ABI_MINOR}, parsed.abi_minor);
        equal("print", parsed.fingerprint);
        CPPUNIT_ASSERT(parsed.manifest == parse_manifest(small_.dump()).value());
    }
    void refuses_unknown_members_of_our_own_abi() {
        auto text = descriptor();
        text["manifest"]["later"] = 1;
        equal("manifest: has the unknown member 'later'",
              describe(parse_descriptor(text.dump()).error()));
        text = descriptor();
        text["later"] = 1;
        equal("has the unknown member 'later'", describe(parse_descriptor(text.dump()).error()));
    }
    void passes_over_unknown_members_of_a_newer_minor() {
        auto text = descriptor();
        text["abi"]["minor"] = GANTRY_ABI_MINOR + 1;
        text["manifest"]["later"] = 1;
        text["manifest"]["schemes"] = {"cs"};
        const auto parsed = parse_descriptor(text.dump()).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, parsed.manifest.schemes.size());
    }
    void reads_only_the_identity_of_another_major() {
        auto text = descriptor();
        text["abi"]["major"] = GANTRY_ABI_MAJOR + 1;
        text["manifest"]["commands"] = "in another form";
        const auto parsed = parse_descriptor(text.dump()).value();
        equal("cs", parsed.manifest.name);
        CPPUNIT_ASSERT(parsed.manifest.commands.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ManifestTest);

}  // namespace
}  // namespace gantry
