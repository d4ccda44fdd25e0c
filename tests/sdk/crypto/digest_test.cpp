#include <gantry/crypto/digest.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string_view>

namespace gantry {
namespace {

using namespace std::string_view_literals;

class DigestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DigestTest);
    CPPUNIT_TEST(names_turn_back_into_their_algorithms);
    CPPUNIT_TEST(refuses_an_algorithm_it_does_not_know);
    CPPUNIT_TEST(writes_bytes_as_lower_case_hex);
    CPPUNIT_TEST(reads_hex_of_either_case);
    CPPUNIT_TEST(refuses_what_is_no_hex);
    CPPUNIT_TEST_SUITE_END();

  public:
    void names_turn_back_into_their_algorithms() {
        for (const auto algorithm :
             {DigestAlgorithm::sha256, DigestAlgorithm::sha1, DigestAlgorithm::md5})
            CPPUNIT_ASSERT(*digest_from_name(digest_name(algorithm)) == algorithm);
        CPPUNIT_ASSERT_EQUAL("sha256"sv, digest_name(DigestAlgorithm::sha256));
    }
    void refuses_an_algorithm_it_does_not_know() {
        CPPUNIT_ASSERT(digest_from_name("SHA256").error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(!digest_from_name(""));
        CPPUNIT_ASSERT_EQUAL("unknown"sv, digest_name(static_cast<DigestAlgorithm>(9)));
    }
    void writes_bytes_as_lower_case_hex() {
        CPPUNIT_ASSERT_EQUAL(std::string("00ff10ab"), to_hex(as_bytes("\x00\xff\x10\xab"sv)));
        CPPUNIT_ASSERT_EQUAL(std::string(), to_hex({}));
    }
    void reads_hex_of_either_case() {
        const auto bytes = from_hex("00fF10Ab").value();
        CPPUNIT_ASSERT_EQUAL("\x00\xff\x10\xab"sv, as_text(bytes));
        CPPUNIT_ASSERT(from_hex("")->empty());
    }
    void refuses_what_is_no_hex() {
        for (const auto* text : {"0", "0g", "g0", " 0", "0x", "00 00", "\xff\xff"})
            CPPUNIT_ASSERT_MESSAGE(text, from_hex(text).error().code == ErrorCode::usage);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DigestTest);

}  // namespace
}  // namespace gantry
