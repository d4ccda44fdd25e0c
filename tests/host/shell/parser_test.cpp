#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/limits.h>
#include <host/shell/parser.h>

using namespace gantry;
using namespace gantry::host;

class ParserTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ParserTest);
    CPPUNIT_TEST(an_empty_text_and_comments_are_no_commands);
    CPPUNIT_TEST(reads_lists_joins_and_the_background);
    CPPUNIT_TEST(a_line_may_end_after_a_join);
    CPPUNIT_TEST(a_backslash_at_the_end_joins_two_lines);
    CPPUNIT_TEST(keeps_the_text_of_each_command);
    CPPUNIT_TEST(takes_a_program_to_the_end_of_its_command);
    CPPUNIT_TEST(a_program_keeps_its_own_quotes_pipes_and_redirections);
    CPPUNIT_TEST(reads_redirections);
    CPPUNIT_TEST(errors_name_the_place_and_what_would_fit);
    CPPUNIT_TEST(refuses_scripts_beyond_the_limits);
    CPPUNIT_TEST_SUITE_END();

    static Script parsed(std::string_view text) {
        auto script = parse_script(text);
        if (!script) CPPUNIT_FAIL(describe(script.error()));
        return *script;
    }
    static std::string refused(std::string_view text) {
        auto script = parse_script(text);
        CPPUNIT_ASSERT(!script.ok());
        CPPUNIT_ASSERT(script.error().code == ErrorCode::usage);
        return describe(script.error());
    }

  public:
    void an_empty_text_and_comments_are_no_commands() {
        CPPUNIT_ASSERT(parsed("").chains.empty());
        CPPUNIT_ASSERT(parsed(" \n\t;; # all of this ; is && a comment\n").chains.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2},
                             parsed("a#b #c").chains[0].steps[0].command.words.size() + 1);
    }
    void reads_lists_joins_and_the_background() {
        const auto script = parsed("a && b || c; d & e");
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, script.chains.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, script.chains[0].steps.size());
        CPPUNIT_ASSERT(script.chains[0].steps[1].joint == Joint::and_then);
        CPPUNIT_ASSERT(script.chains[0].steps[2].joint == Joint::or_else);
        CPPUNIT_ASSERT(!script.chains[0].background);
        CPPUNIT_ASSERT(script.chains[1].background);
        CPPUNIT_ASSERT(!script.chains[2].background);
    }
    void a_line_may_end_after_a_join() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, parsed("a &&\n\n b\nc").chains.size());
    }
    void a_backslash_at_the_end_joins_two_lines() {
        const auto script = parsed("a b\\\nc \\\n d");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, script.chains.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, script.chains[0].steps[0].command.words.size());
    }
    void keeps_the_text_of_each_command() {
        const auto script = parsed("  cs get 'a b' > x ; next");
        CPPUNIT_ASSERT_EQUAL(std::string("cs get 'a b' > x"),
                             script.chains[0].steps[0].command.text);
        CPPUNIT_ASSERT_EQUAL(std::string("next"), script.chains[1].steps[0].command.text);
    }
    void takes_a_program_to_the_end_of_its_command() {
        const auto script = parsed("a | sort -r | head; b | c && d | e || f | g & h");
        CPPUNIT_ASSERT_EQUAL(std::string("sort -r | head"),
                             script.chains[0].steps[0].command.program);
        CPPUNIT_ASSERT_EQUAL(std::string("c"), script.chains[1].steps[0].command.program);
        CPPUNIT_ASSERT_EQUAL(std::string("e"), script.chains[1].steps[1].command.program);
        CPPUNIT_ASSERT_EQUAL(std::string("g"), script.chains[1].steps[2].command.program);
        CPPUNIT_ASSERT(script.chains[1].background);
    }
    void a_program_keeps_its_own_quotes_pipes_and_redirections() {
        const auto script = parsed("a | awk '{ print $1; }' \"x;y\" \\; 2>&1 > out; b");
        CPPUNIT_ASSERT_EQUAL(std::string("awk '{ print $1; }' \"x;y\" \\; 2>&1 > out"),
                             script.chains[0].steps[0].command.program);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, script.chains.size());
    }
    void reads_redirections() {
        const auto script = parsed("a >x; b>> 'y z'");
        CPPUNIT_ASSERT(!script.chains[0].steps[0].command.redirect->append);
        CPPUNIT_ASSERT(script.chains[1].steps[0].command.redirect->append);
        CPPUNIT_ASSERT_EQUAL(std::string("y z"),
                             script.chains[1].steps[0].command.redirect->target.parts[0].text);
    }
    void errors_name_the_place_and_what_would_fit() {
        CPPUNIT_ASSERT_EQUAL(std::string("column 1: a command must stand before '&&'"),
                             refused("&& a"));
        CPPUNIT_ASSERT_EQUAL(std::string("line 2, column 6: a command must stand before the end"),
                             refused("x\na && "));
        CPPUNIT_ASSERT_EQUAL(std::string("column 3: this quote is never closed; add a '"),
                             refused("a 'b"));
        CPPUNIT_ASSERT_EQUAL(std::string("column 5: a file's name must stand before ';'"),
                             refused("a > ;"));
        CPPUNIT_ASSERT_EQUAL(std::string("column 3: a program must follow '|', as in: help | less"),
                             refused("a |"));
        CPPUNIT_ASSERT(refused("a > b c").find("may follow a redirection") != std::string::npos);
        CPPUNIT_ASSERT(refused("a > b | c").find("drop '>' or '|'") != std::string::npos);
        CPPUNIT_ASSERT(refused("a 2> b").find("only standard output") != std::string::npos);
        CPPUNIT_ASSERT(refused("a < b").find("quote the '<'") != std::string::npos);
        CPPUNIT_ASSERT(refused("a ${b").find("add a '}'") != std::string::npos);
        CPPUNIT_ASSERT(refused("a $").find("'\\$'") != std::string::npos);
        for (const std::string_view text :
             {std::string_view("x\na \0b", 6), std::string_view("x\na \\\0b", 7),
              std::string_view("x\na '\0'", 7), std::string_view("x\na |\0", 6)})
            CPPUNIT_ASSERT(refused(text).find("NUL byte") != std::string::npos);
        CPPUNIT_ASSERT(refused(std::string_view("x\na \0b", 6)).find("line 2, column 3: ") == 0);
    }
    void refuses_scripts_beyond_the_limits() {
        const auto code = [](const std::string& text) { return parse_script(text).error().code; };
        CPPUNIT_ASSERT(code(std::string(shell_limits::kScriptBytes + 1, ' ')) == ErrorCode::limit);
        std::string words;
        for (std::size_t i = 0; i <= shell_limits::kWords; ++i) words += "a ";
        CPPUNIT_ASSERT(code(words) == ErrorCode::limit);
        std::string commands;
        for (std::size_t i = 0; i <= shell_limits::kCommands; ++i) commands += "a;";
        CPPUNIT_ASSERT(code(commands) == ErrorCode::limit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ParserTest);
