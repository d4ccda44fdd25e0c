#pragma once

#include <gantry/crypto/signature.h>
#include <support/vectors.h>

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <vector>

namespace gantry::testing::conformance {

// What every `gantry.signature` does. The harness has `SignatureService& service()`.
template <class Harness>
class SignatureSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SignatureSuite<Harness>);
    CPPUNIT_TEST(signs_as_rfc_8032_and_its_authors_do);
    CPPUNIT_TEST(passes_the_cases_of_wycheproof);
    CPPUNIT_TEST(refuses_every_single_bit_change);
    CPPUNIT_TEST(refuses_keys_and_signatures_of_other_lengths);
    CPPUNIT_TEST(seeds_of_other_lengths_are_refused);
    CPPUNIT_TEST_SUITE_END();

    using Bytes = std::vector<std::byte>;
    Harness harness_;

    bool verifies(ByteView key, ByteView text, ByteView signature) {
        const auto outcome = harness_.service().verify(key, text, signature);
        CPPUNIT_ASSERT(outcome.ok() || outcome.error().code == ErrorCode::security);
        return outcome.ok();
    }
    void check_signing(const VectorCase& item) {
        const auto key = harness_.service().create(item.bytes("seed")).value();
        CPPUNIT_ASSERT_MESSAGE(item.id(),
                               std::ranges::equal(item.bytes("public"), key->public_key()));
        const auto signature = key->sign(item.bytes("text")).value();
        CPPUNIT_ASSERT_MESSAGE(item.id(), std::ranges::equal(item.bytes("signature"), signature));
    }

  public:
    void signs_as_rfc_8032_and_its_authors_do() {
        for (const auto& item : read_vectors("rfc/ed25519.txt")) {
            check_signing(item);
            CPPUNIT_ASSERT(
                verifies(item.bytes("public"), item.bytes("text"), item.bytes("signature")));
        }
    }
    void passes_the_cases_of_wycheproof() {
        for (const auto& item : read_vectors("wycheproof/eddsa_test.txt")) {
            const bool valid = item.text("result") == "valid";
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                item.id(), valid,
                verifies(item.bytes("public"), item.bytes("text"), item.bytes("signature")));
            if (valid) check_signing(item);
        }
    }
    void refuses_every_single_bit_change() {
        const auto key = harness_.service().create(Bytes(32, std::byte{9})).value();
        const auto text = as_bytes("pay bob 5");
        const auto signature = key->sign(text).value();
        CPPUNIT_ASSERT(verifies(key->public_key(), text, signature));
        for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
            auto changed = signature;
            changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
            CPPUNIT_ASSERT(!verifies(key->public_key(), text, changed));
        }
        for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
            Bytes changed(text.begin(), text.end());
            changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
            CPPUNIT_ASSERT(!verifies(key->public_key(), changed, signature));
        }
    }
    void refuses_keys_and_signatures_of_other_lengths() {
        const auto key = harness_.service().create(Bytes(32, std::byte{9})).value();
        const auto text = as_bytes("pay bob 5");
        const auto signature = key->sign(text).value();
        Bytes longer(signature.begin(), signature.end());
        longer.push_back(std::byte{0});
        CPPUNIT_ASSERT(!verifies(key->public_key(), text, longer));
        for (std::size_t size = 0; size < signature.size(); ++size)
            CPPUNIT_ASSERT(!verifies(key->public_key(), text, ByteView(signature).first(size)));
        for (std::size_t size = 0; size < 32; ++size)
            CPPUNIT_ASSERT(!verifies(ByteView(key->public_key()).first(size), text, signature));
    }
    void seeds_of_other_lengths_are_refused() {
        for (const std::size_t size : {0U, 31U, 33U, 64U})
            CPPUNIT_ASSERT(harness_.service().create(Bytes(size)).error().code == ErrorCode::usage);
    }
};

}  // namespace gantry::testing::conformance
