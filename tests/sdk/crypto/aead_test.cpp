#include <gantry/crypto/aead.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class AeadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AeadTest);
    CPPUNIT_TEST(each_algorithm_has_a_name_and_is_found_by_it);
    CPPUNIT_TEST(another_name_is_refused_with_those_that_fit);
    CPPUNIT_TEST(tells_the_size_of_keys);
    CPPUNIT_TEST(the_text_is_all_but_the_tag);
    CPPUNIT_TEST_SUITE_END();

  public:
    void each_algorithm_has_a_name_and_is_found_by_it() {
        using enum AeadAlgorithm;
        for (const auto algorithm : {aes128_gcm, aes256_gcm, chacha20_poly1305})
            CPPUNIT_ASSERT(aead_from_name(aead_name(algorithm)).value() == algorithm);
        CPPUNIT_ASSERT_EQUAL(std::string("aes256-gcm"), std::string(aead_name(aes256_gcm)));
        CPPUNIT_ASSERT_EQUAL(std::string("unknown"),
                             std::string(aead_name(static_cast<AeadAlgorithm>(9))));
    }
    void another_name_is_refused_with_those_that_fit() {
        const auto error = aead_from_name("rot13").error();
        CPPUNIT_ASSERT(error.code == ErrorCode::usage);
        CPPUNIT_ASSERT(error.message.find("chacha20-poly1305") != std::string::npos);
    }
    void tells_the_size_of_keys() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{16}, aead_key_size(AeadAlgorithm::aes128_gcm));
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, aead_key_size(AeadAlgorithm::aes256_gcm));
        CPPUNIT_ASSERT_EQUAL(std::size_t{32}, aead_key_size(AeadAlgorithm::chacha20_poly1305));
    }
    void the_text_is_all_but_the_tag() {
        std::array<std::byte, 20> bytes{};
        AeadBuffer buffer;
        buffer.bytes = bytes;
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, buffer.text().size());
        CPPUNIT_ASSERT(buffer.text().data() == bytes.data());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AeadTest);

}  // namespace
}  // namespace gantry
