#include "sample_spec.h"

#include <gantry/command/parser.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class LintTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LintTest);
    CPPUNIT_TEST(passes_a_good_spec);
    CPPUNIT_TEST(refuses_names_that_are_not_lower_case_words);
    CPPUNIT_TEST(refuses_missing_or_odd_summaries);
    CPPUNIT_TEST(a_description_may_have_lines_but_no_controls);
    CPPUNIT_TEST(refuses_doubled_and_reserved_options);
    CPPUNIT_TEST(refuses_a_flag_that_describes_a_value);
    CPPUNIT_TEST(refuses_a_default_that_does_not_fit);
    CPPUNIT_TEST(choices_belong_to_the_kind_choice);
    CPPUNIT_TEST(refuses_ambiguous_operands);
    CPPUNIT_TEST(refuses_odd_operand_names);
    CPPUNIT_TEST(refuses_an_example_that_does_not_parse);
    CPPUNIT_TEST_SUITE_END();

    CommandSpec spec_ = sample_spec();
    OptionSpec& option(std::size_t i) { return spec_.options.at(i); }

    void refused(const std::string& message) {
        const auto verdict = lint(spec_);
        CPPUNIT_ASSERT_MESSAGE(message, !verdict);
        CPPUNIT_ASSERT_EQUAL(message, verdict.error().message);
        CPPUNIT_ASSERT(verdict.error().code == ErrorCode::usage);
        spec_ = sample_spec();
    }

  public:
    void passes_a_good_spec() {
        const auto verdict = lint(spec_);
        CPPUNIT_ASSERT_MESSAGE(verdict ? "" : describe(verdict.error()), verdict.ok());
    }
    void refuses_names_that_are_not_lower_case_words() {
        for (const auto* name : {"", "Cs", "cs  get", " cs", "cs ", "1s", "cs get!", "cs\x1b"}) {
            spec_.name = name;
            refused("the name is not lower-case words");
        }
    }
    void refuses_missing_or_odd_summaries() {
        for (const auto* summary : {"", "Ends with a period.", "Two\nlines", "\x1b[31mred"}) {
            spec_.summary = summary;
            refused("the summary is missing or is not one line without a final period");
            option(0).summary = summary;
            refused(
                "option --quiet: the summary is missing or is not one line without a final period");
            spec_.operands[0].summary = summary;
            refused(
                "operand FILE: the summary is missing or is not one line without a final period");
        }
    }
    void a_description_may_have_lines_but_no_controls() {
        spec_.description = "One.\nTwo.";
        CPPUNIT_ASSERT(lint(spec_).ok());
        spec_.description = "One\rTwo";
        refused("the description has control characters");
    }
    void refuses_doubled_and_reserved_options() {
        option(1).name = "quiet";
        refused("option --quiet: occurs twice");
        option(1).letter = 'q';
        refused("option --quiet: the letter 'q' occurs twice");
        option(1).name = "help";
        refused("option --help: this name is the host's");
        option(1).name = "Big";
        refused("option --Big: the name is no lower-case word");
        option(1).letter = '-';
        refused("option --verbose: the letter is neither a letter nor a digit");
    }
    void refuses_a_flag_that_describes_a_value() {
        option(0).fallback = "1";
        refused("option --quiet: is a flag and describes a value");
        option(0).kind = ValueKind::path;
        refused("option --quiet: is a flag and describes a value");
    }
    void refuses_a_default_that_does_not_fit() {
        option(5).fallback = "many";
        refused("option --retries: its default: 'many' is not a whole number");
        option(6).fallback = "udp";
        refused("option --over: its default: 'udp' is not one of tcp, rudp; did you mean 'rudp'?");
    }
    void choices_belong_to_the_kind_choice() {
        option(6).choices.clear();
        refused("option --over: has no choices");
        option(5).choices = {"1", "2"};
        refused("option --retries: has choices, and its kind is not choice");
        option(6).choices = {"tcp", "tcp"};
        refused("option --over: has the choice 'tcp' twice");
        option(6).choices = {"tcp", ""};
        refused("option --over: has a choice that cannot be typed");
    }
    void refuses_ambiguous_operands() {
        spec_.operands[0] = {.name = "A", .summary = "A", .optional = true};
        refused("operand URL: is required, after an optional one");
        spec_.operands[1].repeated = true;
        refused("operand URL: is the second that is repeated");
        spec_.operands[1].optional = true;
        refused("operand URL: is optional, after the repeated one");
        spec_.operands[1].name = "FILE";
        refused("operand FILE: occurs twice");
    }
    void refuses_odd_operand_names() {
        for (const auto* name : {"", "A B", "-A", "A\x7f"}) {
            spec_.operands[1].name = name;
            refused("operand " + std::string(name) + ": the name is not one printable word");
        }
    }
    void refuses_an_example_that_does_not_parse() {
        const auto example = [&](const char* line, const std::string& problem) {
            spec_.examples[0].line = line;
            refused("example '" + std::string(line) + "': " + problem);
        };
        example("cs put f", "URL is missing");
        example("cs get f s://u", "does not begin with the command's name");
        example("cs", "does not begin with the command's name");
        example("cs put 'f s://u", "the quote ' does not end");
        spec_.examples[0].summary.clear();
        refused("example 'cs put -q a.txt 'b c.txt' cs://host:1/': the summary is missing");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LintTest);

}  // namespace
}  // namespace gantry
