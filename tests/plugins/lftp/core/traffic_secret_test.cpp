#include "aead_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/traffic_secret.h>

using namespace gantry;
using namespace gantry::lftp;

class TrafficSecretTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TrafficSecretTest);
    CPPUNIT_TEST(makes_the_nonce_of_the_document);
    CPPUNIT_TEST(the_next_one_has_other_keys);
    CPPUNIT_TEST(makes_keys_for_each_algorithm);
    CPPUNIT_TEST_SUITE_END();

  public:
    void makes_the_nonce_of_the_document() {
        const auto key = PacketCrypto::document_secret().key().value();
        CPPUNIT_ASSERT_EQUAL(std::string("f70b633dae42abcdecd2b4e1"), to_hex(key.iv));
        CPPUNIT_ASSERT_EQUAL(std::string("f70b633dae42abccecd2b4e4"),
                             to_hex(key.nonce(PacketNumber((std::uint64_t{1} << 32) + 5))));
    }
    void the_next_one_has_other_keys() {
        const auto next = PacketCrypto::document_secret().next().value().key().value();
        CPPUNIT_ASSERT(next.iv != PacketCrypto::document_secret().key().value().iv);
    }
    void makes_keys_for_each_algorithm() {
        for (const auto algorithm : {AeadAlgorithm::aes128_gcm, AeadAlgorithm::aes256_gcm,
                                     AeadAlgorithm::chacha20_poly1305})
            CPPUNIT_ASSERT(
                PacketCrypto::secret(as_bytes(std::string(32, 'x')), algorithm).key().ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TrafficSecretTest);
