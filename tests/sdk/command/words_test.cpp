#include <command/words.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::command {
namespace {

class WordsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WordsTest);
    CPPUNIT_TEST(knows_a_lower_case_word);
    CPPUNIT_TEST(knows_words_with_one_space_between);
    CPPUNIT_TEST(finds_bytes_that_steer_a_terminal);
    CPPUNIT_TEST(splits_at_spaces);
    CPPUNIT_TEST(quotes_and_backslashes_take_spaces_along);
    CPPUNIT_TEST(an_empty_quote_is_a_word);
    CPPUNIT_TEST(refuses_a_quote_that_does_not_end);
    CPPUNIT_TEST_SUITE_END();

    using Texts = std::vector<std::string>;

  public:
    void knows_a_lower_case_word() {
        CPPUNIT_ASSERT(is_lower_word("a") && is_lower_word("web-seed2"));
        for (const auto* text : {"", "A", "2a", "-a", "a_b", "a b", "\xc3\xa4"})
            CPPUNIT_ASSERT_MESSAGE(text, !is_lower_word(text));
    }
    void knows_words_with_one_space_between() {
        CPPUNIT_ASSERT(is_lower_words("cs") && is_lower_words("cs get all"));
        for (const auto* text : {"", " ", "cs ", " cs", "cs  get", "cs\tget"})
            CPPUNIT_ASSERT_MESSAGE(text, !is_lower_words(text));
    }
    void finds_bytes_that_steer_a_terminal() {
        CPPUNIT_ASSERT(has_control("a\x1b[0m") && has_control("\n") && has_control("\x7f"));
        CPPUNIT_ASSERT(has_control("\xc2\x9b"));   // U+009B, the one-byte CSI
        CPPUNIT_ASSERT(!has_control("\xc2\xa0"));  // U+00A0, a space
        CPPUNIT_ASSERT(
            !has_control("gr\xc3\xb6\xc3\x9f"
                         "e \xe2\x82\xac"));
    }
    void splits_at_spaces() {
        CPPUNIT_ASSERT((*split_line("  a  bc ") == Texts{"a", "bc"}));
        CPPUNIT_ASSERT(split_line("")->empty());
    }
    void quotes_and_backslashes_take_spaces_along() {
        CPPUNIT_ASSERT((*split_line(R"(a' b'"c d"\ e f)") == Texts{"a bc d e", "f"}));
        CPPUNIT_ASSERT((*split_line(R"("say \"hi\"" '\')") == Texts{"say \"hi\"", "\\"}));
    }
    void an_empty_quote_is_a_word() {
        CPPUNIT_ASSERT((*split_line("a '' b") == Texts{"a", "", "b"}));
    }
    void refuses_a_quote_that_does_not_end() {
        CPPUNIT_ASSERT(split_line("a 'b").error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(!split_line("\""));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WordsTest);

}  // namespace
}  // namespace gantry::command
