#include "sample_spec.h"

#include <gantry/command/parser.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

using Texts = std::vector<std::string>;

class ParserTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ParserTest);
    CPPUNIT_TEST(takes_options_anywhere);
    CPPUNIT_TEST(takes_values_in_all_four_ways);
    CPPUNIT_TEST(joins_short_flags);
    CPPUNIT_TEST(a_value_may_begin_with_a_dash);
    CPPUNIT_TEST(two_dashes_end_the_options);
    CPPUNIT_TEST(a_lone_dash_is_an_operand);
    CPPUNIT_TEST(keeps_all_values_of_a_repeatable_option);
    CPPUNIT_TEST(the_last_value_of_another_option_counts);
    CPPUNIT_TEST(fills_in_defaults_that_were_not_given);
    CPPUNIT_TEST(an_empty_value_is_a_value);
    CPPUNIT_TEST(gives_the_repeated_operand_all_but_the_tail);
    CPPUNIT_TEST(optional_operands_take_what_is_spare_from_the_left);
    CPPUNIT_TEST(a_repeated_optional_operand_may_have_none);
    CPPUNIT_TEST(names_the_operand_that_is_missing);
    CPPUNIT_TEST(names_the_word_that_is_too_many);
    CPPUNIT_TEST(says_which_option_was_meant);
    CPPUNIT_TEST(says_when_nothing_is_near);
    CPPUNIT_TEST(refuses_a_flag_with_a_value);
    CPPUNIT_TEST(says_what_value_is_missing);
    CPPUNIT_TEST(checks_values_and_operands_by_their_kind);
    CPPUNIT_TEST(an_abbreviated_option_is_unknown);
    CPPUNIT_TEST_SUITE_END();

    CommandSpec spec_ = sample_spec();

    Arguments good(const std::string& line) {
        auto parsed = parse_arguments(spec_, words(line));
        CPPUNIT_ASSERT_MESSAGE(parsed ? "" : describe(parsed.error()), parsed.ok());
        return std::move(parsed).value();
    }
    void refused(const std::string& message, const std::string& line) {
        const auto parsed = parse_arguments(spec_, words(line));
        CPPUNIT_ASSERT(!parsed);
        CPPUNIT_ASSERT(parsed.error().code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL("cs put: " + message, describe(parsed.error()));
    }
    void operands(std::vector<OperandSpec> operands) {
        spec_.options.clear();
        spec_.operands = std::move(operands);
    }

  public:
    void takes_options_anywhere() {
        const auto arguments = good("a --quiet b -o out s://u");
        CPPUNIT_ASSERT(arguments.flag("quiet"));
        CPPUNIT_ASSERT_EQUAL(std::string("out"), *arguments.text("output"));
        CPPUNIT_ASSERT((arguments.operands("FILE") == Texts{"a", "b"}));
        CPPUNIT_ASSERT_EQUAL(std::string("s://u"), arguments.operand("URL"));
    }
    void takes_values_in_all_four_ways() {
        for (const auto* line :
             {"--output=x f s://u", "--output x f s://u", "-ox f s://u", "-o x f s://u"})
            CPPUNIT_ASSERT_EQUAL(std::string("x"), *good(line).text("output"));
    }
    void joins_short_flags() {
        const auto arguments = good("-qvvoout f s://u");
        CPPUNIT_ASSERT(arguments.flag("quiet"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, arguments.texts("verbose").size());
        CPPUNIT_ASSERT_EQUAL(std::string("out"), *arguments.text("output"));
    }
    void a_value_may_begin_with_a_dash() {
        CPPUNIT_ASSERT_EQUAL(std::string("-x"), *good("-o -x f s://u").text("output"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-2}, *good("--retries -2 f s://u").integer("retries"));
        CPPUNIT_ASSERT_EQUAL(std::string("--"), *good("-o -- f s://u").text("output"));
    }
    void two_dashes_end_the_options() {
        const auto arguments = good("-- -q -- s://u");
        CPPUNIT_ASSERT(!arguments.flag("quiet"));
        CPPUNIT_ASSERT((arguments.operands("FILE") == Texts{"-q", "--"}));
    }
    void a_lone_dash_is_an_operand() {
        CPPUNIT_ASSERT_EQUAL(std::string("-"), good("- s://u").operand("FILE"));
    }
    void keeps_all_values_of_a_repeatable_option() {
        CPPUNIT_ASSERT(
            (good("-Ha --header b -H c f s://u").texts("header") == Texts{"a", "b", "c"}));
    }
    void the_last_value_of_another_option_counts() {
        CPPUNIT_ASSERT((good("-o a -o b f s://u").texts("output") == Texts{"b"}));
    }
    void fills_in_defaults_that_were_not_given() {
        const auto arguments = good("f s://u --over=rudp");
        CPPUNIT_ASSERT((arguments.texts("over") == Texts{"rudp"}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{3}, *arguments.integer("retries"));
        CPPUNIT_ASSERT(!arguments.text("output") && !arguments.rate("limit-rate"));
    }
    void an_empty_value_is_a_value() {
        CPPUNIT_ASSERT((good("--header= f s://u").texts("header") == Texts{""}));
    }
    void gives_the_repeated_operand_all_but_the_tail() {
        const auto arguments = good("a b c s://u");
        CPPUNIT_ASSERT((arguments.operands("FILE") == Texts{"a", "b", "c"}));
        CPPUNIT_ASSERT((arguments.operands("URL") == Texts{"s://u"}));
    }
    void optional_operands_take_what_is_spare_from_the_left() {
        operands({{.name = "A"}, {.name = "B", .optional = true}, {.name = "C", .optional = true}});
        CPPUNIT_ASSERT_EQUAL(std::string(), good("1").operand("B"));
        CPPUNIT_ASSERT_EQUAL(std::string("2"), good("1 2").operand("B"));
        CPPUNIT_ASSERT_EQUAL(std::string(), good("1 2").operand("C"));
        CPPUNIT_ASSERT_EQUAL(std::string("3"), good("1 2 3").operand("C"));
    }
    void a_repeated_optional_operand_may_have_none() {
        operands({{.name = "A"}, {.name = "B", .optional = true, .repeated = true}});
        CPPUNIT_ASSERT(good("1").operands("B").empty());
        CPPUNIT_ASSERT((good("1 2 3").operands("B") == Texts{"2", "3"}));
    }
    void names_the_operand_that_is_missing() {
        refused("FILE is missing", "");
        refused("URL is missing", "f");
    }
    void names_the_word_that_is_too_many() {
        operands({{.name = "A"}, {.name = "B", .optional = true}});
        refused("unexpected word '3'", "1 2 3 4");
    }
    void says_which_option_was_meant() {
        refused("unknown option '--ouptut'; did you mean '--output'?", "--ouptut=x f s://u");
        refused("--over: 'rupd' is not one of tcp, rudp; did you mean 'rudp'?",
                "--over rupd f s://u");
    }
    void says_when_nothing_is_near() {
        refused("unknown option '--zzz'", "--zzz f s://u");
        refused("unknown option '-z'", "-qz f s://u");
    }
    void refuses_a_flag_with_a_value() { refused("--quiet takes no value", "--quiet=1 f s://u"); }
    void says_what_value_is_missing() {
        refused("--output needs FILE after it", "f s://u --output");
        refused("-H needs a value after it", "f s://u -H");
    }
    void checks_values_and_operands_by_their_kind() {
        refused("--limit-rate: 'fast' is not a rate such as 10MB/s", "--limit-rate fast f s://u");
        refused("URL: 'u' is not a URL such as scheme://host/path", "f u");
    }
    void an_abbreviated_option_is_unknown() {
        refused("unknown option '--out'", "--out x f s://u");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ParserTest);

}  // namespace
}  // namespace gantry
