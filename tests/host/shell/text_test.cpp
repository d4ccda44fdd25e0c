#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/table.h>
#include <host/shell/text.h>

#include <clocale>

using namespace gantry::host;

class TextTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TextTest);
    CPPUNIT_TEST(decodes_utf8_and_refuses_what_is_not);
    CPPUNIT_TEST(width_counts_columns_and_not_colours);
    CPPUNIT_TEST(shortens_to_a_width_without_cutting_a_character);
    CPPUNIT_TEST(pads_to_a_width);
    CPPUNIT_TEST(wraps_at_blanks);
    CPPUNIT_TEST(control_characters_of_strangers_are_written_out);
    CPPUNIT_TEST(colours_newlines_and_tabs_pass);
    CPPUNIT_TEST(a_table_aligns_its_columns);
    CPPUNIT_TEST(a_table_fits_the_screen_by_its_last_column);
    CPPUNIT_TEST_SUITE_END();

  public:
    void setUp() override { std::setlocale(LC_CTYPE, "C.UTF-8"); }
    void decodes_utf8_and_refuses_what_is_not() {
        CPPUNIT_ASSERT(decode_utf8("\xc3\xa4x").code == U'\u00e4');
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, decode_utf8("\xf0\x9f\x98\x80").length);
        for (const char* bad : {"\xff", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
                                "\xf4\x90\x80\x80", "\x80"}) {
            CPPUNIT_ASSERT(!decode_utf8(bad).valid);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, decode_utf8(bad).length);
        }
    }
    void width_counts_columns_and_not_colours() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, display_width("a\xc3\xa4"
                                                           "b"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, display_width("\xe4\xb8\xad"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, display_width("\x1b[1;31mab\x1b[0m"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, display_width("\xff"));
    }
    void shortens_to_a_width_without_cutting_a_character() {
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), shortened("abc", 3));
        CPPUNIT_ASSERT_EQUAL(std::string("ab..."), shortened("abcdef", 5));
        CPPUNIT_ASSERT_EQUAL(std::string("\xe4\xb8\xad..."),
                             shortened("\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad", 5));
        CPPUNIT_ASSERT_EQUAL(std::string(".."), shortened("abcdef", 2));
    }
    void pads_to_a_width() {
        CPPUNIT_ASSERT_EQUAL(std::string("a  "), padded("a", 3));
        CPPUNIT_ASSERT_EQUAL(std::string("  a"), padded_left("a", 3));
        CPPUNIT_ASSERT_EQUAL(std::string("a..."), padded("abcdef", 4));
    }
    void wraps_at_blanks() {
        CPPUNIT_ASSERT_EQUAL(std::string("  aa bb\n  cc"), wrapped("aa bb cc", 7, 2));
        CPPUNIT_ASSERT_EQUAL(std::string("longword\nx"), wrapped("longword x", 4, 0));
        CPPUNIT_ASSERT_EQUAL(std::string(), wrapped("", 4, 2));
    }
    void control_characters_of_strangers_are_written_out() {
        CPPUNIT_ASSERT_EQUAL(std::string("a\\x1b]0;t\\x07b"), safe_for_terminal("a\x1b]0;t\x07"
                                                                                "b"));
        CPPUNIT_ASSERT_EQUAL(std::string("\\x1b[2J\\x0d\\x7f"), safe_for_terminal("\x1b[2J\r\x7f"));
        CPPUNIT_ASSERT_EQUAL(std::string("\\xc2\\x9b"), safe_for_terminal("\xc2\x9b"));
        CPPUNIT_ASSERT_EQUAL(std::string("\\xff"), safe_for_terminal("\xff"));
    }
    void colours_newlines_and_tabs_pass() {
        const std::string text = "\x1b[1;32mok\x1b[0m\n\t\xc3\xa4";
        CPPUNIT_ASSERT_EQUAL(text, safe_for_terminal(text));
    }
    void a_table_aligns_its_columns() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("NAME  SIZE\na        1\nlong    22\n"),
            render_table({{"NAME"}, {"SIZE", true}}, {{"a", "1"}, {"long", "22"}}, 0));
        CPPUNIT_ASSERT_EQUAL(std::string(), render_table({{"NAME"}}, {}, 0));
    }
    void a_table_fits_the_screen_by_its_last_column() {
        CPPUNIT_ASSERT_EQUAL(std::string("K   TEXT\nab  0123456789...\n"),
                             render_table({{"K"}, {"TEXT"}}, {{"ab", "0123456789abcdefgh"}}, 17));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TextTest);
