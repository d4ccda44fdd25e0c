#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/expand.h>
#include <host/shell/lexer.h>
#include <host/shell/limits.h>

using namespace gantry;
using namespace gantry::host;

class LexerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LexerTest);
    CPPUNIT_TEST(quotes_and_escapes_make_one_word);
    CPPUNIT_TEST(single_quotes_keep_everything);
    CPPUNIT_TEST(variables_stand_inside_double_quotes_too);
    CPPUNIT_TEST(a_value_with_blanks_stays_one_word);
    CPPUNIT_TEST(a_tilde_is_the_home_folder_only_where_it_begins_a_path);
    CPPUNIT_TEST(a_missing_variable_is_an_error_that_says_how_to_set_it);
    CPPUNIT_TEST(a_word_beyond_the_limit_is_refused);
    CPPUNIT_TEST(what_quote_word_writes_is_read_back_as_one_word);
    CPPUNIT_TEST(tokens_know_their_place);
    CPPUNIT_TEST_SUITE_END();

    static std::optional<std::string> lookup(std::string_view name) {
        if (name == "x") return "a b";
        if (name == "HOME") return "/home/u";
        if (name == "?") return "3";
        if (name == "big") return std::string(40'000, 'b');
        return std::nullopt;
    }
    static std::string word(std::string_view text) {
        Lexer lexer(text);
        auto token = lexer.next();
        if (!token) return "error: " + describe(token.error());
        CPPUNIT_ASSERT(token->kind == TokenKind::word);
        auto value = expand_word(token->word, lookup);
        auto end = lexer.next();
        CPPUNIT_ASSERT(end.ok());
        CPPUNIT_ASSERT(end->kind == TokenKind::end);
        return value ? *value : "error: " + describe(value.error());
    }

  public:
    void quotes_and_escapes_make_one_word() {
        CPPUNIT_ASSERT_EQUAL(std::string("a bc d;"), word("a\\ b'c d'\\;"));
        CPPUNIT_ASSERT_EQUAL(std::string("q\"w\\e\\n"), word("\"q\\\"w\\\\e\\n\""));
        CPPUNIT_ASSERT_EQUAL(std::string(""), word("''"));
        CPPUNIT_ASSERT_EQUAL(std::string(""), word("\"\""));
    }
    void single_quotes_keep_everything() {
        CPPUNIT_ASSERT_EQUAL(std::string("$x \\ \" & |"), word("'$x \\ \" & |'"));
    }
    void variables_stand_inside_double_quotes_too() {
        CPPUNIT_ASSERT_EQUAL(std::string("<a b>"), word("\"<$x>\""));
        CPPUNIT_ASSERT_EQUAL(std::string("a by3"), word("${x}y$?"));
        CPPUNIT_ASSERT_EQUAL(std::string("$x"), word("\\$x"));
    }
    void a_value_with_blanks_stays_one_word() {
        CPPUNIT_ASSERT_EQUAL(std::string("a b"), word("$x"));
    }
    void a_tilde_is_the_home_folder_only_where_it_begins_a_path() {
        CPPUNIT_ASSERT_EQUAL(std::string("/home/u/f"), word("~/f"));
        CPPUNIT_ASSERT_EQUAL(std::string("/home/u"), word("~"));
        CPPUNIT_ASSERT_EQUAL(std::string("~"), word("'~'"));
        CPPUNIT_ASSERT_EQUAL(std::string("~x"), word("~x"));
        CPPUNIT_ASSERT_EQUAL(std::string("a~/f"), word("a~/f"));
    }
    void a_missing_variable_is_an_error_that_says_how_to_set_it() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("error: column 1: there is no variable 'no'; set it with: set no=VALUE"),
            word("a$no"));
    }
    void a_word_beyond_the_limit_is_refused() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{40'000}, word("$big").size());
        CPPUNIT_ASSERT_EQUAL(std::string("error: a word has at most 64 KiB"), word("$big$big"));
    }
    void what_quote_word_writes_is_read_back_as_one_word() {
        for (const std::string text :
             {"", "plain", "a b", "it's", "$x", "a\\b", "\"", "#c", "~/f", "a;b&c|d>e", "\n"})
            CPPUNIT_ASSERT_EQUAL(text, word(quote_word(text)));
        CPPUNIT_ASSERT_EQUAL(std::string("cs://h:1/p"), quote_word("cs://h:1/p"));
    }
    void tokens_know_their_place() {
        Lexer lexer("a\n  bc");
        (void)lexer.next();
        (void)lexer.next();
        auto token = lexer.next();
        CPPUNIT_ASSERT(token.ok());
        CPPUNIT_ASSERT((Place{2, 3}) == token->place);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, token->begin);
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, token->end);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LexerTest);
