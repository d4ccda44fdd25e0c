#include <manifest/read_command.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::manifest {
namespace {

using nlohmann::json;

class ReadCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReadCommandTest);
    CPPUNIT_TEST(reads_every_member);
    CPPUNIT_TEST(needs_no_more_than_name_and_summary);
    CPPUNIT_TEST(every_kind_has_a_name);
    CPPUNIT_TEST(tells_where_a_kind_is_wrong);
    CPPUNIT_TEST(lints_what_it_has_read);
    CPPUNIT_TEST_SUITE_END();

    Reading reading_;
    CommandSpec read(const json& object) {
        Fields fields(object, "commands[2]", reading_);
        auto spec = read_command(fields);
        fields.done();
        return spec;
    }
    std::string problem() const { return reading_.problem ? describe(*reading_.problem) : ""; }

  public:
    void reads_every_member() {
        const auto spec = read(json::parse(R"({
            "name": "a b", "summary": "S", "description": "D.\nE.", "execution": "blocking",
            "options": [
                {"name": "o", "letter": "x", "repeatable": true, "kind": "choice",
                 "placeholder": "P", "summary": "OS", "default": "1", "choices": ["1", "2"]},
                {"name": "f", "flag": true, "summary": "FS"}],
            "operands": [{"name": "URL", "kind": "url", "summary": "US", "repeated": true,
                          "optional": true}],
            "examples": [{"line": "a b -x2 s://h", "summary": "ES"}]})"));
        CPPUNIT_ASSERT_EQUAL(std::string(), problem());
        CommandSpec expected;
        expected.name = "a b";
        expected.summary = "S";
        expected.description = "D.\nE.";
        expected.execution = Execution::blocking;
        expected.options = {{"o", 'x', false, true, ValueKind::choice, "P", "OS", "1", {"1", "2"}},
                            {.name = "f", .flag = true, .summary = "FS"}};
        expected.operands = {{"URL", ValueKind::url, "US", true, true, {}}};
        expected.examples = {{"a b -x2 s://h", "ES"}};
        CPPUNIT_ASSERT(spec == expected);
    }
    void needs_no_more_than_name_and_summary() {
        const auto spec = read(json::parse(R"({"name": "a", "summary": "S"})"));
        CPPUNIT_ASSERT_EQUAL(std::string(), problem());
        CPPUNIT_ASSERT(spec.execution == Execution::event && spec.options.empty());
    }
    void every_kind_has_a_name() {
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(ValueKind::command) + 1, kind_names().size());
        const auto name = [](ValueKind kind) {
            return kind_names()[static_cast<std::size_t>(kind)];
        };
        CPPUNIT_ASSERT_EQUAL(std::string_view("text"), name(ValueKind::text));
        CPPUNIT_ASSERT_EQUAL(std::string_view("host_port"), name(ValueKind::host_port));
        CPPUNIT_ASSERT_EQUAL(std::string_view("choice"), name(ValueKind::choice));
        CPPUNIT_ASSERT_EQUAL(std::string_view("command"), name(ValueKind::command));
    }
    void tells_where_a_kind_is_wrong() {
        (void)read(json::parse(
            R"({"name": "a", "summary": "S", "options": [{"name": "o", "summary": "S", "kind": "str"}]})"));
        CPPUNIT_ASSERT(problem().starts_with("commands[2].options[0].kind: must be one of text, "));
    }
    void lints_what_it_has_read() {
        (void)read(json::parse(
            R"({"name": "a", "summary": "S", "examples": [{"line": "a x", "summary": "S"}]})"));
        CPPUNIT_ASSERT_EQUAL(std::string("commands[2]: a: example 'a x': unexpected word 'x'"),
                             problem());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReadCommandTest);

}  // namespace
}  // namespace gantry::manifest
