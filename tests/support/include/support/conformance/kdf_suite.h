#pragma once

#include <gantry/crypto/kdf.h>
#include <support/vectors.h>

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <string>
#include <vector>

namespace gantry::testing::conformance {

// What every `gantry.kdf` does. The harness has `KdfService& service()`.
template <class Harness>
class KdfSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KdfSuite<Harness>);
    CPPUNIT_TEST(passes_the_cases_of_rfc_4231_and_2202_for_hmac);
    CPPUNIT_TEST(passes_the_cases_of_wycheproof_for_hmac);
    CPPUNIT_TEST(hmac_in_parts_is_as_hmac_of_the_whole);
    CPPUNIT_TEST(hmac_starts_anew_after_finish);
    CPPUNIT_TEST(hmac_takes_an_empty_key);
    CPPUNIT_TEST(passes_the_examples_of_rfc_5869);
    CPPUNIT_TEST(passes_the_cases_of_wycheproof_for_hkdf);
    CPPUNIT_TEST(hkdf_gives_up_to_255_digests);
    CPPUNIT_TEST(passes_the_examples_of_rfc_7914);
    CPPUNIT_TEST(scrypt_refuses_what_the_rfc_forbids);
    CPPUNIT_TEST(scrypt_refuses_what_takes_too_much);
    CPPUNIT_TEST_SUITE_END();

    using Bytes = std::vector<std::byte>;
    Harness harness_;

    KdfService& kdf() { return harness_.service(); }
    static DigestAlgorithm hash(const VectorCase& item) {
        return digest_from_name(item.text("hash")).value();
    }
    static void equal(const VectorCase& item, std::string_view field, const Result<Secret>& got) {
        CPPUNIT_ASSERT_MESSAGE(item.id(), got.ok());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(item.id(), to_hex(item.bytes(field)), to_hex(got->view()));
    }
    Bytes hmac(DigestAlgorithm algorithm, ByteView secret, ByteView text) {
        const auto running = kdf().hmac(algorithm, secret).value();
        running->update(text);
        return running->finish();
    }
    // The last ones of Wycheproof are of tags that were cut to half: those are compared as far.
    void check_hmac(std::string_view file, DigestAlgorithm algorithm) {
        for (const auto& item : read_vectors(file)) {
            auto mac = hmac(algorithm, item.bytes("key"), item.bytes("text"));
            const auto expected = item.bytes("mac");
            mac.resize(std::min(mac.size(), expected.size()));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(item.id(), item.text("result") == "valid",
                                         equal_in_constant_time(mac, expected));
        }
    }
    void check_hkdf(std::string_view file, DigestAlgorithm algorithm) {
        for (const auto& item : read_vectors(file)) {
            const auto got = kdf().hkdf(algorithm, item.bytes("secret"), item.bytes("salt"),
                                        item.bytes("info"), item.number("size"));
            if (item.text("result") == "valid")
                equal(item, "okm", got);
            else
                CPPUNIT_ASSERT_MESSAGE(item.id(), got.error().code == ErrorCode::usage);
        }
    }
    ErrorCode scrypt_fails_with(ScryptCost cost) {
        const auto got = kdf().scrypt(as_bytes("password"), as_bytes("NaCl"), cost, 32);
        CPPUNIT_ASSERT(!got);
        return got.error().code;
    }

  public:
    void passes_the_cases_of_rfc_4231_and_2202_for_hmac() {
        for (const auto& item : read_vectors("rfc/hmac.txt"))
            CPPUNIT_ASSERT_EQUAL_MESSAGE(
                item.id(), item.text("mac"),
                to_hex(hmac(hash(item), item.bytes("key"), item.bytes("text"))));
    }
    void passes_the_cases_of_wycheproof_for_hmac() {
        check_hmac("wycheproof/hmac_sha256_test.txt", DigestAlgorithm::sha256);
        check_hmac("wycheproof/hmac_sha1_test.txt", DigestAlgorithm::sha1);
    }
    void hmac_in_parts_is_as_hmac_of_the_whole() {
        const auto text = as_bytes("what do ya want for nothing?"), secret = as_bytes("Jefe");
        const auto running = kdf().hmac(DigestAlgorithm::sha256, secret).value();
        for (const auto byte : text) running->update({&byte, 1});
        CPPUNIT_ASSERT(running->finish() == hmac(DigestAlgorithm::sha256, secret, text));
    }
    void hmac_starts_anew_after_finish() {
        const auto text = as_bytes("again"), secret = as_bytes("Jefe");
        const auto running = kdf().hmac(DigestAlgorithm::sha1, secret).value();
        running->update(text);
        const auto first = running->finish();
        running->update(text);
        CPPUNIT_ASSERT(first == running->finish());
    }
    void hmac_takes_an_empty_key() {
        // A key is padded with zeros, so none is as one zero byte.
        const std::byte zero{};
        CPPUNIT_ASSERT(hmac(DigestAlgorithm::sha256, {}, as_bytes("x")) ==
                       hmac(DigestAlgorithm::sha256, {&zero, 1}, as_bytes("x")));
    }
    void passes_the_examples_of_rfc_5869() {
        for (const auto& item : read_vectors("rfc/rfc5869_hkdf.txt")) {
            const auto secret = item.bytes("secret"), salt = item.bytes("salt");
            const auto info = item.bytes("info");
            const auto size = item.number("size");
            equal(item, "okm", kdf().hkdf(hash(item), secret, salt, info, size));
            const auto extracted = kdf().hkdf_extract(hash(item), secret, salt);
            equal(item, "prk", extracted);
            equal(item, "okm", kdf().hkdf_expand(hash(item), extracted->view(), info, size));
        }
    }
    void passes_the_cases_of_wycheproof_for_hkdf() {
        check_hkdf("wycheproof/hkdf_sha256_test.txt", DigestAlgorithm::sha256);
        check_hkdf("wycheproof/hkdf_sha1_test.txt", DigestAlgorithm::sha1);
    }
    void hkdf_gives_up_to_255_digests() {
        const auto run = [&](std::size_t size) {
            return kdf().hkdf(DigestAlgorithm::sha256, as_bytes("secret"), {}, {}, size);
        };
        CPPUNIT_ASSERT_EQUAL(std::size_t{255 * 32}, run(255 * 32).value().size());
        CPPUNIT_ASSERT(run(255 * 32 + 1).error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(run(0).error().code == ErrorCode::usage);
    }
    void passes_the_examples_of_rfc_7914() {
        for (const auto& item : read_vectors("rfc/rfc7914_scrypt.txt")) {
            const ScryptCost cost{
                .log2_n = item.number("log2_n"), .r = item.number("r"), .p = item.number("p")};
            if (cost.log2_n > 16) continue;  // a gibibyte: that is for a machine of one's own
            equal(item, "okm",
                  kdf().scrypt(item.bytes("passphrase"), item.bytes("salt"), cost, 64));
        }
    }
    void scrypt_refuses_what_the_rfc_forbids() {
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 0}) == ErrorCode::usage);
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 10, .r = 0}) == ErrorCode::usage);
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 10, .r = 8, .p = 0}) == ErrorCode::usage);
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 16, .r = 1}) == ErrorCode::usage);
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 10, .r = 1U << 15, .p = 1U << 15}) ==
                       ErrorCode::usage);
    }
    void scrypt_refuses_what_takes_too_much() {
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 21}) == ErrorCode::limit);
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 63}) == ErrorCode::limit);
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 10, .r = 1U << 20}) == ErrorCode::limit);
        CPPUNIT_ASSERT(scrypt_fails_with({.log2_n = 10, .r = 8, .p = 1U << 26}) ==
                       ErrorCode::limit);
    }
};

}  // namespace gantry::testing::conformance
