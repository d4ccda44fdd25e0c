#include <gantry/core/value.h>

#include <cppunit/extensions/HelperMacros.h>

#include <limits>

namespace gantry {
namespace {

class ValueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ValueTest);
    CPPUNIT_TEST(knows_its_kind);
    CPPUNIT_TEST(integers_answer_both_ways_when_they_fit);
    CPPUNIT_TEST(keeps_members_in_the_order_they_were_set);
    CPPUNIT_TEST(replaces_a_member_in_its_place);
    CPPUNIT_TEST(finds_members_of_objects_only);
    CPPUNIT_TEST(push_and_set_turn_it_into_what_they_need);
    CPPUNIT_TEST(compares_deeply);
    CPPUNIT_TEST_SUITE_END();

  public:
    void knows_its_kind() {
        CPPUNIT_ASSERT(*Value(true).as_bool());
        CPPUNIT_ASSERT_EQUAL(std::string("text"), *Value("text").as_string());
        CPPUNIT_ASSERT(Value::array().as_array()->empty());
        CPPUNIT_ASSERT(Value::object().as_object()->empty());
        CPPUNIT_ASSERT(!Value("text").as_bool());
        CPPUNIT_ASSERT(!Value(1).as_string());
        CPPUNIT_ASSERT(!Value().as_object() && !Value().as_int());
    }
    void integers_answer_both_ways_when_they_fit() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, *Value(5).as_uint());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{5}, *Value(std::uint64_t{5}).as_int());
        CPPUNIT_ASSERT(!Value(-1).as_uint());
        CPPUNIT_ASSERT(!Value(std::numeric_limits<std::uint64_t>::max()).as_int());
        CPPUNIT_ASSERT(!Value(1.5).as_int());
        CPPUNIT_ASSERT_EQUAL(2.0, *Value(2U).as_double());
        CPPUNIT_ASSERT_EQUAL(-2.0, *Value(-2).as_double());
    }
    void keeps_members_in_the_order_they_were_set() {
        const auto value = Value::object().set("z", 1).set("a", 2);
        CPPUNIT_ASSERT_EQUAL(std::string("z"), (*value.as_object())[0].first);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), (*value.as_object())[1].first);
    }
    void replaces_a_member_in_its_place() {
        const auto value = Value::object().set("a", 1).set("b", 2).set("a", "new");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, value.as_object()->size());
        CPPUNIT_ASSERT_EQUAL(std::string("new"), *(*value.as_object())[0].second.as_string());
    }
    void finds_members_of_objects_only() {
        const auto value = Value::object().set("a", 1);
        CPPUNIT_ASSERT(value.find("a") && !value.find("b"));
        CPPUNIT_ASSERT(!Value("a").find("a"));
    }
    void push_and_set_turn_it_into_what_they_need() {
        Value value("text");
        value.push(1).push(2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, value.as_array()->size());
        value.set("a", 1);
        CPPUNIT_ASSERT(!value.as_array() && value.find("a"));
    }
    void compares_deeply() {
        const auto make = [](int last) {
            return Value::object().set("list", Value::array().push(1).push(last));
        };
        CPPUNIT_ASSERT(make(2) == make(2));
        CPPUNIT_ASSERT(!(make(2) == make(3)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ValueTest);

}  // namespace
}  // namespace gantry
