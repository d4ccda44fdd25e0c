#include <manifest/forms.h>

#include <cppunit/extensions/HelperMacros.h>

#include <initializer_list>

namespace gantry::manifest {
namespace {

using List = std::initializer_list<const char*>;

class FormsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FormsTest);
    CPPUNIT_TEST(words_have_no_marks_but_dashes);
    CPPUNIT_TEST(some_names_may_have_dots_and_more);
    CPPUNIT_TEST(names_have_at_most_64_letters);
    CPPUNIT_TEST(compact_text_is_printable_ascii);
    CPPUNIT_TEST(lines_have_no_controls);
    CPPUNIT_TEST(a_description_may_have_line_feeds_only);
    CPPUNIT_TEST(a_letter_is_one_ascii_letter_or_digit);
    CPPUNIT_TEST_SUITE_END();

    static void check(const Form& form, List good, List bad) {
        for (const auto* text : good) CPPUNIT_ASSERT_MESSAGE(text, form.fits(text));
        for (const auto* text : bad) CPPUNIT_ASSERT_MESSAGE(text, !form.fits(text));
        CPPUNIT_ASSERT(!form.wanted.empty());
    }

  public:
    void words_have_no_marks_but_dashes() {
        check(form::kWord, {"cs", "a-1"}, {"", "A", "a.b", "a_b", "a b", "1a", "-a", "a\n"});
        check(form::kWords, {"cs get"}, {"", "cs  get", "Cs"});
    }
    void some_names_may_have_dots_and_more() {
        check(form::kServiceId, {"gantry.digest"}, {"gantry_digest", ".a"});
        check(form::kSettingKey, {"max_rate", "a.b"}, {"a+b"});
        check(form::kScheme, {"svn+ssh", "a.b"}, {"a_b", "CS"});
    }
    void names_have_at_most_64_letters() {
        CPPUNIT_ASSERT(form::kWord.fits(std::string(64, 'a')));
        CPPUNIT_ASSERT(!form::kWord.fits(std::string(65, 'a')));
        CPPUNIT_ASSERT(!form::kWords.fits(std::string(65, 'a')));
        CPPUNIT_ASSERT(!form::kCompact.fits(std::string(65, 'a')));
    }
    void compact_text_is_printable_ascii() {
        check(form::kCompact, {"0.1.0", "FILE|URL"}, {"", "a b", "\xc3\xa4", "a\x7f"});
    }
    void lines_have_no_controls() {
        check(form::kLine, {"", "One. Two."}, {"a\nb", "\x1b"});
        check(form::kSummary, {"One"}, {"", "One.", "a\nb"});
    }
    void a_description_may_have_line_feeds_only() {
        check(form::kDescription, {"", "a\n\nb\n"}, {"a\rb", "a\n\x1b", "\t"});
    }
    void a_letter_is_one_ascii_letter_or_digit() {
        check(form::kLetter, {"a", "Z", "4"}, {"", "ab", "-", "\xe4"});
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FormsTest);

}  // namespace
}  // namespace gantry::manifest
