#include <crypto/core/digest_line.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::crypto {
namespace {

class DigestLineTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DigestLineTest);
    CPPUNIT_TEST(has_two_blanks_between_digest_and_name);
    CPPUNIT_TEST(leaves_blanks_and_other_letters_alone);
    CPPUNIT_TEST(escapes_what_would_break_the_line);
    CPPUNIT_TEST_SUITE_END();

    static void becomes(const char* expected, std::string_view name) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), digest_line("00ff", name));
    }

  public:
    void has_two_blanks_between_digest_and_name() {
        becomes("00ff  a.txt\n", "a.txt");
        becomes("00ff  -\n", "-");
    }
    void leaves_blanks_and_other_letters_alone() { becomes("00ff   a\tb '\n", " a\tb '"); }
    void escapes_what_would_break_the_line() {
        becomes("\\00ff  a\\nb\n", "a\nb");
        becomes("\\00ff  a\\\\n\n", "a\\n");
        becomes("\\00ff  \\r\n", "\r");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DigestLineTest);

}  // namespace
}  // namespace gantry::crypto
