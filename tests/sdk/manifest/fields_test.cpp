#include <manifest/fields.h>
#include <manifest/forms.h>

#include <cppunit/extensions/HelperMacros.h>

#include <array>

namespace gantry::manifest {
namespace {

using nlohmann::json;

class FieldsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FieldsTest);
    CPPUNIT_TEST(reads_each_type);
    CPPUNIT_TEST(missing_members_have_defaults);
    CPPUNIT_TEST(a_missing_required_member_is_named);
    CPPUNIT_TEST(members_of_another_type_are_named);
    CPPUNIT_TEST(keeps_the_first_fault);
    CPPUNIT_TEST(places_reach_into_lists);
    CPPUNIT_TEST(refuses_lists_that_are_too_long);
    CPPUNIT_TEST(refuses_members_nobody_asked_for);
    CPPUNIT_TEST(does_not_print_a_name_with_controls);
    CPPUNIT_TEST(passes_over_unknown_members_when_told_to);
    CPPUNIT_TEST(something_else_than_an_object_is_refused);
    CPPUNIT_TEST_SUITE_END();

    Reading reading_;
    std::string problem() const { return reading_.problem ? describe(*reading_.problem) : ""; }
    void expect(const char* text) { CPPUNIT_ASSERT_EQUAL(std::string(text), problem()); }

  public:
    void reads_each_type() {
        const json object = {{"t", "a"}, {"f", true}, {"n", 7U}, {"k", "two"}, {"l", {"x", "y"}}};
        Fields fields(object, {}, reading_);
        const std::array<std::string_view, 2> names{"one", "two"};
        CPPUNIT_ASSERT_EQUAL(std::string("a"), fields.text("t", Need::required, form::kWord));
        CPPUNIT_ASSERT(fields.flag("f"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{7}, fields.number("n", Need::required, 0));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, fields.one_of("k", names));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, fields.texts("l", form::kWord, 2).size());
        fields.done();
        expect("");
    }
    void missing_members_have_defaults() {
        const json object = json::object();
        Fields fields(object, {}, reading_);
        CPPUNIT_ASSERT_EQUAL(std::string(), fields.text("t", Need::optional, form::kWord));
        CPPUNIT_ASSERT(!fields.flag("f"));
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{9}, fields.number("n", Need::optional, 9));
        CPPUNIT_ASSERT(fields.texts("l", form::kWord, 2).empty());
        expect("");
    }
    void a_missing_required_member_is_named() {
        const json object = json::object();
        Fields(object, "a[1]", reading_).text("t", Need::required, form::kWord);
        expect("a[1].t: is missing");
    }
    void members_of_another_type_are_named() {
        const auto fault = [this](const json& value, auto read) {
            reading_.problem.reset();
            const json object = {{"m", value}};
            Fields fields(object, {}, reading_);
            read(fields);
            return problem();
        };
        const auto text = [](Fields& f) { f.text("m", Need::optional, form::kWord); };
        const auto number = [](Fields& f) { f.number("m", Need::optional, 0); };
        CPPUNIT_ASSERT_EQUAL(std::string("m: must be a text"), fault(1, text));
        CPPUNIT_ASSERT(fault("A", text).starts_with("m: must be a lower-case word"));
        CPPUNIT_ASSERT_EQUAL(std::string("m: must be true or false"),
                             fault(1, [](Fields& f) { f.flag("m"); }));
        CPPUNIT_ASSERT(!fault(-1, number).empty() && !fault(1.0, number).empty());
        CPPUNIT_ASSERT(!fault(1ULL << 32, number).empty() && fault(0xffffffff, number).empty());
        CPPUNIT_ASSERT_EQUAL(std::string("m: must be a list"),
                             fault("x", [](Fields& f) { f.texts("m", form::kWord, 9); }));
    }
    void keeps_the_first_fault() {
        const json object = json::object();
        Fields fields(object, {}, reading_);
        fields.text("first", Need::required, form::kWord);
        fields.text("second", Need::required, form::kWord);
        expect("first: is missing");
    }
    void places_reach_into_lists() {
        const json object = {{"l", {{{"n", 1U}}, {{"n", "x"}}}}};
        Fields fields(object, {}, reading_);
        (void)fields.list<int>("l", 9, [](Fields& item) {
            return static_cast<int>(item.number("n", Need::required, 0));
        });
        expect("l[1].n: must be a number from 0 to 4294967295");
    }
    void refuses_lists_that_are_too_long() {
        const json object = {{"l", {"a", "b", "c"}}};
        Fields fields(object, {}, reading_);
        CPPUNIT_ASSERT(fields.texts("l", form::kWord, 2).empty());
        expect("l: has more than 2 items");
    }
    void refuses_members_nobody_asked_for() {
        const json object = {{"known", true}, {"odd", 1}};
        Fields fields(object, "here", reading_);
        (void)fields.flag("known");
        fields.done();
        expect("here: has the unknown member 'odd'");
    }
    void does_not_print_a_name_with_controls() {
        const json object = {{"\x1b[2J", 1}};
        Fields(object, {}, reading_).done();
        expect("has an unknown member with an unprintable name");
    }
    void passes_over_unknown_members_when_told_to() {
        reading_.allow_unknown = true;
        const json object = {{"odd", 1}};
        Fields(object, {}, reading_).done();
        expect("");
    }
    void something_else_than_an_object_is_refused() {
        const json list = json::array();
        Fields fields(list, "here", reading_);
        (void)fields.flag("f");
        fields.done();
        expect("here: must be an object");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FieldsTest);

}  // namespace
}  // namespace gantry::manifest
