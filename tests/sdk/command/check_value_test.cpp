#include <gantry/command/parser.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class CheckValueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CheckValueTest);
    CPPUNIT_TEST(text_may_be_anything);
    CPPUNIT_TEST(integers_are_whole_and_signed);
    CPPUNIT_TEST(measures_are_checked_by_their_own_parsers);
    CPPUNIT_TEST(paths_are_not_empty);
    CPPUNIT_TEST(host_and_port_are_both_there);
    CPPUNIT_TEST(urls_have_a_lower_case_scheme_and_something_after_it);
    CPPUNIT_TEST(jobs_have_a_percent_sign);
    CPPUNIT_TEST(names_are_lower_case_words);
    CPPUNIT_TEST(a_choice_is_one_of_its_list);
    CPPUNIT_TEST(the_error_names_the_option);
    CPPUNIT_TEST_SUITE_END();

    static bool fits(ValueKind kind, std::string_view value) {
        const std::vector<std::string> choices{"on", "off"};
        return check_value(kind, choices, "it", value).ok();
    }

  public:
    void text_may_be_anything() {
        CPPUNIT_ASSERT(fits(ValueKind::text, ""));
        CPPUNIT_ASSERT(fits(ValueKind::text, "\x01 \xff"));
    }
    void integers_are_whole_and_signed() {
        CPPUNIT_ASSERT(fits(ValueKind::integer, "-9223372036854775808"));
        CPPUNIT_ASSERT(!fits(ValueKind::integer, "9223372036854775808"));
        CPPUNIT_ASSERT(!fits(ValueKind::integer, "1.0") && !fits(ValueKind::integer, ""));
    }
    void measures_are_checked_by_their_own_parsers() {
        CPPUNIT_ASSERT(fits(ValueKind::size, "1K") && !fits(ValueKind::size, "1K/s"));
        CPPUNIT_ASSERT(fits(ValueKind::rate, "1K/s") && !fits(ValueKind::rate, "fast"));
        CPPUNIT_ASSERT(fits(ValueKind::duration, "5m") && !fits(ValueKind::duration, "5K"));
    }
    void paths_are_not_empty() {
        for (const auto kind : {ValueKind::path, ValueKind::folder}) {
            CPPUNIT_ASSERT(fits(kind, "../a b"));
            CPPUNIT_ASSERT(!fits(kind, "") && !fits(kind, std::string_view("a\0b", 3)));
        }
    }
    void host_and_port_are_both_there() {
        CPPUNIT_ASSERT(fits(ValueKind::host_port, "h:0") && fits(ValueKind::host_port, "[::1]:9"));
        CPPUNIT_ASSERT(!fits(ValueKind::host_port, "h") && !fits(ValueKind::host_port, ":9"));
    }
    void urls_have_a_lower_case_scheme_and_something_after_it() {
        CPPUNIT_ASSERT(fits(ValueKind::url, "svn+ssh2://h") && fits(ValueKind::url, "file:///x"));
        for (const auto* text : {"", "cs://", "://h", "cs:/h", "CS://h", "1s://h", "a b://h", "h"})
            CPPUNIT_ASSERT_MESSAGE(text, !fits(ValueKind::url, text));
    }
    void jobs_have_a_percent_sign() {
        CPPUNIT_ASSERT(fits(ValueKind::job, "%12"));
        for (const auto* text : {"12", "%", "%-1", "%x", "%1x", "% 1"})
            CPPUNIT_ASSERT_MESSAGE(text, !fits(ValueKind::job, text));
    }
    void names_are_lower_case_words() {
        CPPUNIT_ASSERT(fits(ValueKind::plugin, "cs") && !fits(ValueKind::plugin, "cs get"));
        CPPUNIT_ASSERT(fits(ValueKind::command, "cs get") && !fits(ValueKind::command, "cs  get"));
    }
    void a_choice_is_one_of_its_list() {
        CPPUNIT_ASSERT(fits(ValueKind::choice, "on"));
        CPPUNIT_ASSERT(!fits(ValueKind::choice, "ON") && !fits(ValueKind::choice, ""));
    }
    void the_error_names_the_option() {
        const auto error = check_value(ValueKind::integer, {}, "--count", "x").error();
        CPPUNIT_ASSERT(error.code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(std::string("--count: 'x' is not a whole number"), error.message);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CheckValueTest);

}  // namespace
}  // namespace gantry
