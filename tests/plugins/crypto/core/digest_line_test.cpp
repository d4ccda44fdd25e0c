#include <crypto/core/digest_line.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::crypto {
namespace {

class DigestLineTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DigestLineTest);
    CPPUNIT_TEST(has_two_blanks_between_digest_and_name);
    CPPUNIT_TEST(leaves_blanks_and_other_letters_alone);
    CPPUNIT_TEST(escapes_what_would_break_the_line);
    CPPUNIT_TEST(a_verdict_is_escaped_in_the_same_way);
    CPPUNIT_TEST(reads_what_it_wrote);
    CPPUNIT_TEST(reads_text_and_binary_marks);
    CPPUNIT_TEST(reads_tagged_lines);
    CPPUNIT_TEST(the_number_of_digits_tells_the_algorithm);
    CPPUNIT_TEST(takes_capital_digits_leading_blanks_and_a_carriage_return);
    CPPUNIT_TEST(refuses_lines_of_another_form);
    CPPUNIT_TEST(comments_and_empty_lines_mean_nothing);
    CPPUNIT_TEST_SUITE_END();

    static void becomes(const char* expected, std::string_view name) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), digest_line("00ff", name));
    }

    static inline const std::string kSha256 = std::string(62, '0') + "ab";
    static inline const std::string kSha1 = std::string(38, '1') + "cd";
    static inline const std::string kMd5 = std::string(30, '2') + "ef";
    static void reads(const std::string& line, DigestAlgorithm algorithm, const std::string& hex,
                      const std::string& name) {
        const auto entry = read_digest_line(line);
        CPPUNIT_ASSERT_MESSAGE(line, entry.has_value());
        CPPUNIT_ASSERT_MESSAGE(line, *entry == (DigestEntry{algorithm, hex, name}));
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
    void a_verdict_is_escaped_in_the_same_way() {
        CPPUNIT_ASSERT_EQUAL(std::string("a b: OK\n"), verdict_line("a b", "OK"));
        CPPUNIT_ASSERT_EQUAL(std::string("\\a\\nb: FAILED\n"), verdict_line("a\nb", "FAILED"));
    }
    void reads_what_it_wrote() {
        for (const auto* name : {"a", " a", "*a", "a\\nb", "a\nb\rc", "\\", "x (y) = z", "a  b"}) {
            auto line = digest_line(kSha256, name);
            line.pop_back();
            reads(line, DigestAlgorithm::sha256, kSha256, name);
        }
    }
    void reads_text_and_binary_marks() {
        reads(kSha256 + "  a b", DigestAlgorithm::sha256, kSha256, "a b");
        reads(kSha256 + " *a b", DigestAlgorithm::sha256, kSha256, "a b");
        reads(kSha256 + " a b", DigestAlgorithm::sha256, kSha256, "a b");
    }
    void reads_tagged_lines() {
        reads("SHA256 (a b) = " + kSha256, DigestAlgorithm::sha256, kSha256, "a b");
        reads("SHA1 (a) = " + kSha1, DigestAlgorithm::sha1, kSha1, "a");
        reads("MD5 (a) = " + kMd5, DigestAlgorithm::md5, kMd5, "a");
        reads("SHA256(a)= " + kSha256, DigestAlgorithm::sha256, kSha256, "a");
        reads("SHA256 (a) = b) = " + kSha256, DigestAlgorithm::sha256, kSha256, "a) = b");
        reads("\\SHA256 (a\\nb) = " + kSha256, DigestAlgorithm::sha256, kSha256, "a\nb");
    }
    void the_number_of_digits_tells_the_algorithm() {
        reads(kSha1 + "  a", DigestAlgorithm::sha1, kSha1, "a");
        reads(kMd5 + "  a", DigestAlgorithm::md5, kMd5, "a");
    }
    void takes_capital_digits_leading_blanks_and_a_carriage_return() {
        reads(" \t" + std::string(64, 'F') + "  a\r", DigestAlgorithm::sha256, std::string(64, 'f'),
              "a");
    }
    void refuses_lines_of_another_form() {
        for (const auto& line :
             {std::string(), std::string("hello"), kSha256, kSha256 + " ", kSha256 + "a  b",
              kSha256.substr(1) + "  a", "g" + kSha256.substr(1) + "  a", "MD5 (a) = " + kSha256,
              "SHA256 (a = " + kSha256, "SHA256 a) = " + kSha256, "SHA256 (a) " + kSha256,
              "SHA256 () = " + kSha256, "SHA512 (a) = " + kSha256, "\\" + kSha256 + "  a\\",
              "\\" + kSha256 + "  a\\x", std::string("SHA256"), std::string("SHA256 ("),
              std::string("SHA256 )")})
            CPPUNIT_ASSERT_MESSAGE(line, !read_digest_line(line));
    }
    void comments_and_empty_lines_mean_nothing() {
        CPPUNIT_ASSERT(is_digest_comment("") && is_digest_comment("\r") &&
                       is_digest_comment("# x"));
        CPPUNIT_ASSERT(!is_digest_comment("x") && !is_digest_comment(" #"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DigestLineTest);

}  // namespace
}  // namespace gantry::crypto
