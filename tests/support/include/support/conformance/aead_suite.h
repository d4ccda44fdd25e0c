#pragma once

#include <gantry/crypto/aead.h>
#include <support/vectors.h>

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace gantry::testing::conformance {

// What every `gantry.aead` does. The harness has `AeadService& service()`.
template <class Harness>
class AeadSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AeadSuite<Harness>);
    CPPUNIT_TEST(passes_the_cases_of_nist_for_gcm);
    CPPUNIT_TEST(passes_the_examples_of_rfc_8439);
    CPPUNIT_TEST(passes_the_cases_of_wycheproof_for_gcm);
    CPPUNIT_TEST(passes_the_cases_of_wycheproof_for_chacha20_poly1305);
    CPPUNIT_TEST(opens_what_it_sealed_at_every_small_size);
    CPPUNIT_TEST(refuses_every_single_bit_change);
    CPPUNIT_TEST(a_batch_is_as_single_buffers_are);
    CPPUNIT_TEST(one_forgery_does_not_stop_the_others);
    CPPUNIT_TEST(what_was_refused_is_wiped);
    CPPUNIT_TEST(a_buffer_without_room_for_a_tag_stops_the_batch_untouched);
    CPPUNIT_TEST(what_is_shorter_than_a_tag_is_not_authentic);
    CPPUNIT_TEST(a_key_seals_after_it_refused);
    CPPUNIT_TEST(keys_of_the_wrong_length_are_refused);
    CPPUNIT_TEST_SUITE_END();

    using Bytes = std::vector<std::byte>;
    static constexpr AeadAlgorithm kAll[] = {AeadAlgorithm::aes128_gcm, AeadAlgorithm::aes256_gcm,
                                             AeadAlgorithm::chacha20_poly1305};

    Harness harness_;

    std::unique_ptr<AeadKey> make(AeadAlgorithm algorithm) {
        return harness_.service()
            .create(algorithm, Bytes(aead_key_size(algorithm), std::byte{7}))
            .value();
    }
    static AeadNonce nonce(unsigned number) {
        AeadNonce out{};
        out[0] = static_cast<std::byte>(number >> 8);
        out[11] = static_cast<std::byte>(number);
        return out;
    }
    static Bytes pattern(std::size_t size) {
        Bytes out(size);
        for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::byte>(i * 7 + 3);
        return out;
    }
    static AeadBuffer buffer(unsigned number, ByteView associated, Bytes& bytes) {
        AeadBuffer out;
        out.nonce = nonce(number);
        out.associated = associated;
        out.bytes = bytes;
        return out;
    }
    static Bytes with_room(Bytes text) {
        text.resize(text.size() + kAeadTagSize);
        return text;
    }
    // Whether it opens; then `bytes` holds the text.
    static bool unseal(AeadKey& key, AeadBuffer opened) {
        const auto count = key.unseal(std::span(&opened, 1));
        CPPUNIT_ASSERT_EQUAL(opened.authentic, count == 1);
        return opened.authentic;
    }

    void check_case(const VectorCase& item, AeadKey& key) {
        const auto associated = item.bytes("aad"), sealed = item.bytes("sealed");
        const auto given = item.bytes("nonce");
        auto bytes = sealed;
        auto opened = buffer(0, associated, bytes);
        std::copy(given.begin(), given.end(), opened.nonce.begin());
        const bool valid = item.text("result") == "valid";
        CPPUNIT_ASSERT_EQUAL_MESSAGE(item.id(), valid, unseal(key, opened));
        if (!valid) return;
        const auto text = item.bytes("text");
        CPPUNIT_ASSERT_MESSAGE(item.id(), std::ranges::equal(text, opened.text()));
        CPPUNIT_ASSERT(key.seal(std::span(&opened, 1)).ok());
        CPPUNIT_ASSERT_MESSAGE(item.id(), bytes == sealed);
    }
    // Cases for other sizes of key or nonce are left out: the interface has one size each.
    void check_vectors(std::string_view file, std::vector<AeadAlgorithm> algorithms,
                       std::size_t at_least) {
        std::size_t checked = 0;
        for (const auto& item : read_vectors(file))
            for (const auto algorithm : algorithms) {
                const auto secret = item.bytes("key");
                if (secret.size() != aead_key_size(algorithm)) continue;
                if (item.bytes("nonce").size() != kAeadNonceSize) continue;
                check_case(item, *harness_.service().create(algorithm, secret).value());
                ++checked;
            }
        CPPUNIT_ASSERT_MESSAGE(std::to_string(checked), checked >= at_least);
    }

  public:
    void passes_the_cases_of_nist_for_gcm() {
        check_vectors("nist/aes128_gcm.txt", {AeadAlgorithm::aes128_gcm}, 150);
        check_vectors("nist/aes256_gcm.txt", {AeadAlgorithm::aes256_gcm}, 150);
    }
    void passes_the_examples_of_rfc_8439() {
        check_vectors("rfc/rfc8439_aead.txt", {AeadAlgorithm::chacha20_poly1305}, 2);
    }
    void passes_the_cases_of_wycheproof_for_gcm() {
        check_vectors("wycheproof/aes_gcm_test.txt",
                      {AeadAlgorithm::aes128_gcm, AeadAlgorithm::aes256_gcm}, 97);
    }
    void passes_the_cases_of_wycheproof_for_chacha20_poly1305() {
        check_vectors("wycheproof/chacha20_poly1305_test.txt", {AeadAlgorithm::chacha20_poly1305},
                      293);
    }
    void opens_what_it_sealed_at_every_small_size() {
        const auto associated = pattern(13);
        for (const auto algorithm : kAll)
            for (unsigned size = 0; size <= 300; ++size) {
                const auto key = make(algorithm);
                auto bytes = with_room(pattern(size));
                const auto one = buffer(size, ByteView(associated).first(size % 14), bytes);
                CPPUNIT_ASSERT(key->seal(std::span(&one, 1)).ok());
                CPPUNIT_ASSERT(unseal(*key, one));
                CPPUNIT_ASSERT(std::ranges::equal(pattern(size), one.text()));
            }
    }
    void refuses_every_single_bit_change() {
        const auto associated = pattern(5);
        for (const auto algorithm : kAll) {
            const auto key = make(algorithm);
            auto sealed = with_room(pattern(20));
            const auto one = buffer(1, associated, sealed);
            CPPUNIT_ASSERT(key->seal(std::span(&one, 1)).ok());
            for (std::size_t bit = 0; bit < 8 * (sealed.size() + associated.size() + 12); ++bit) {
                auto bytes = sealed, data = associated;
                auto changed = buffer(1, data, bytes);
                const auto mask = static_cast<std::byte>(1U << (bit % 8));
                auto at = bit / 8;
                if (at < bytes.size())
                    bytes[at] ^= mask;
                else if ((at -= bytes.size()) < data.size())
                    data[at] ^= mask;
                else
                    changed.nonce[at - data.size()] ^= mask;
                CPPUNIT_ASSERT_MESSAGE(std::to_string(bit), !unseal(*key, changed));
            }
        }
    }
    void a_batch_is_as_single_buffers_are() {
        for (const auto algorithm : kAll) {
            const auto key = make(algorithm);
            std::vector<Bytes> batched, single;
            std::vector<AeadBuffer> batch;
            for (unsigned i = 0; i < 40; ++i) batched.push_back(with_room(pattern(i * 37)));
            single = batched;
            for (unsigned i = 0; i < 40; ++i) batch.push_back(buffer(i, {}, batched[i]));
            CPPUNIT_ASSERT(key->seal(batch).ok());
            for (unsigned i = 0; i < 40; ++i) {
                const auto one = buffer(i, {}, single[i]);
                CPPUNIT_ASSERT(key->seal(std::span(&one, 1)).ok());
            }
            CPPUNIT_ASSERT(batched == single);
            CPPUNIT_ASSERT_EQUAL(batch.size(), key->unseal(batch));
        }
    }
    void one_forgery_does_not_stop_the_others() {
        for (const auto algorithm : kAll) {
            const auto key = make(algorithm);
            std::vector<Bytes> bytes(5, with_room(pattern(100)));
            std::vector<AeadBuffer> batch;
            for (unsigned i = 0; i < 5; ++i) batch.push_back(buffer(i, {}, bytes[i]));
            CPPUNIT_ASSERT(key->seal(batch).ok());
            bytes[2][50] ^= std::byte{1};
            CPPUNIT_ASSERT_EQUAL(std::size_t{4}, key->unseal(batch));
            for (unsigned i = 0; i < 5; ++i) {
                CPPUNIT_ASSERT_EQUAL(i != 2, batch[i].authentic);
                if (i != 2) CPPUNIT_ASSERT(std::ranges::equal(pattern(100), batch[i].text()));
            }
        }
    }
    void what_was_refused_is_wiped() {
        for (const auto algorithm : kAll) {
            const auto key = make(algorithm);
            auto bytes = with_room(pattern(100));
            const auto one = buffer(1, {}, bytes);
            CPPUNIT_ASSERT(key->seal(std::span(&one, 1)).ok());
            bytes.back() ^= std::byte{1};
            CPPUNIT_ASSERT(!unseal(*key, one));
            CPPUNIT_ASSERT(bytes == Bytes(bytes.size()));
        }
    }
    void a_buffer_without_room_for_a_tag_stops_the_batch_untouched() {
        const auto key = make(AeadAlgorithm::aes256_gcm);
        auto fine = pattern(100), small = pattern(kAeadTagSize - 1);
        const std::vector<AeadBuffer> batch{buffer(0, {}, fine), buffer(1, {}, small)};
        const auto sealed = key->seal(batch);
        CPPUNIT_ASSERT(!sealed && sealed.error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(fine == pattern(100) && small == pattern(kAeadTagSize - 1));
    }
    void what_is_shorter_than_a_tag_is_not_authentic() {
        for (const auto algorithm : kAll)
            for (std::size_t size = 0; size < kAeadTagSize; ++size) {
                auto bytes = pattern(size);
                CPPUNIT_ASSERT(!unseal(*make(algorithm), buffer(0, {}, bytes)));
            }
    }
    void a_key_seals_after_it_refused() {
        for (const auto algorithm : kAll) {
            const auto key = make(algorithm);
            auto forged = pattern(50), bytes = with_room(pattern(50));
            CPPUNIT_ASSERT(!unseal(*key, buffer(0, {}, forged)));
            const auto one = buffer(1, {}, bytes);
            CPPUNIT_ASSERT(key->seal(std::span(&one, 1)).ok());
            CPPUNIT_ASSERT(unseal(*key, one));
        }
    }
    void keys_of_the_wrong_length_are_refused() {
        for (const auto algorithm : kAll)
            for (std::size_t size = 0; size <= 64; ++size) {
                if (size == aead_key_size(algorithm)) continue;
                const auto made = harness_.service().create(algorithm, pattern(size));
                CPPUNIT_ASSERT(!made && made.error().code == ErrorCode::usage);
            }
    }
};

}  // namespace gantry::testing::conformance
