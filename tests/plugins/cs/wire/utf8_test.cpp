#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/utf8.h>

using gantry::cs::is_utf8;

// RFC 3629: what is in its table, and what it rules out.
class Utf8Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Utf8Test);
    CPPUNIT_TEST(takes_characters_of_every_length);
    CPPUNIT_TEST(refuses_what_no_character_begins_with);
    CPPUNIT_TEST(refuses_a_character_that_is_cut);
    CPPUNIT_TEST(refuses_overlong_forms_surrogates_and_too_large_numbers);
    CPPUNIT_TEST_SUITE_END();

  public:
    void takes_characters_of_every_length() {
        for (const auto* text :
             {"", "a\n\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEF\xBF\xBF",
              "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "a\xC3\xA4z"})
            CPPUNIT_ASSERT(is_utf8(text));
    }
    void refuses_what_no_character_begins_with() {
        for (const auto* text :
             {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xF5\x80\x80\x80", "\xFF"})
            CPPUNIT_ASSERT(!is_utf8(text));
    }
    void refuses_a_character_that_is_cut() {
        for (const auto* text : {"\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3z", "\xE2\x82z"})
            CPPUNIT_ASSERT(!is_utf8(text));
    }
    void refuses_overlong_forms_surrogates_and_too_large_numbers() {
        for (const auto* text :
             {"\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80"})
            CPPUNIT_ASSERT(!is_utf8(text));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Utf8Test);
