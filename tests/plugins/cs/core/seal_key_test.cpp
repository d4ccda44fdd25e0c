#include "seal_fixture.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// The expected bytes were computed from docs/protocols/cs.md with hmac and hashlib of Python, and
// AESGCM of its `cryptography`.
class SealKeyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SealKeyTest);
    CPPUNIT_TEST(the_key_id_is_that_of_the_document);
    CPPUNIT_TEST(the_proof_of_a_request_is_that_of_the_document);
    CPPUNIT_TEST(the_content_key_is_that_of_the_document);
    CPPUNIT_TEST(the_content_key_depends_on_all_of_the_transcript);
    CPPUNIT_TEST(a_nonce_has_a_number_and_a_kind);
    CPPUNIT_TEST(a_text_opens_under_its_own_nonce_alone);
    CPPUNIT_TEST(the_identity_is_that_of_a_shared_key);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto kFields =
        "00010005612e747874800500010100300010b596f7c9df6e0e0e727244f21ec1eef400310020"
        "1111111111111111111111111111111111111111111111111111111111111111";
    static constexpr auto kResponseFields =
        "000300080000000000000005800400081"
        "7a6101701650000800500010100310020"
        "2222222222222222222222222222222222222222222222222222222222222222";

    static Bytes bytes(const std::string& text) { return from_hex(text).value(); }
    static Bytes request() {
        return bytes(std::string(kFields) + "003200109fdb53963b942bb177522194d076a507");
    }
    static Bytes proof_of(const SealTranscript& transcript) {
        const auto key = SealCrypto::document_key()->content_key(transcript).value();
        const auto proof = response_proof(*key).value();
        return Bytes(proof.begin(), proof.end());
    }

  public:
    void the_key_id_is_that_of_the_document() {
        CPPUNIT_ASSERT_EQUAL(std::string("b596f7c9df6e0e0e727244f21ec1eef4"),
                             to_hex(SealCrypto::document_key()->id()));
    }
    void the_proof_of_a_request_is_that_of_the_document() {
        const auto proof =
            SealCrypto::document_key()->request_proof(SealCrypto::random(0x11), bytes(kFields));
        CPPUNIT_ASSERT_EQUAL(std::string("9fdb53963b942bb177522194d076a507"),
                             to_hex(proof.value()));
    }
    void the_content_key_is_that_of_the_document() {
        const auto client = SealCrypto::random(0x11), server = SealCrypto::random(0x22);
        const auto all = request(), fields = bytes(kResponseFields);
        const auto key = SealCrypto::document_key()->content_key({client, server, all, fields});
        CPPUNIT_ASSERT_EQUAL(std::string("fd815d74923e229fc18763329779dabb"),
                             to_hex(response_proof(**key).value()));
        const auto hello = as_bytes("hello");
        const auto chunk = seal_text(**key, seal_nonce(SealKind::last_chunk, 0),
                                     Bytes(hello.begin(), hello.end()));
        CPPUNIT_ASSERT_EQUAL(std::string("131dd54173d652d007f6b93cd2bca4df91d6ae8156"),
                             to_hex(chunk.value()));
        const auto end =
            seal_text(**key, seal_nonce(SealKind::end, 0),
                      FileEnd{5, {CheckAlgorithm::crc32c, bytes("9a71bb4c")}}.encode());
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "f19336f93366703ce82dbacb441e9150019b33e4eff3e0504d548265e8d87375f862caa535"),
            to_hex(end.value()));
        Bytes piece(41);
        piece[8] = std::byte{3};
        CPPUNIT_ASSERT_EQUAL(
            std::string(
                "bd9f45ac48b682081bef7142af598f3bb64ce1253ea98fa97b3ce3632e1db6d2392c6e17305a"
                "fce59f4e679a103f390ce033571d411c11e42f"),
            to_hex(seal_text(**key, seal_nonce(SealKind::piece, 0), piece).value()));
    }
    void the_content_key_depends_on_all_of_the_transcript() {
        const auto client = SealCrypto::random(1), server = SealCrypto::random(2);
        const auto other = SealCrypto::random(3);
        const Bytes q = bytes("0102"), r = bytes("0304"), moved = bytes("010203"),
                    rest = bytes("04");
        const auto usual = proof_of({client, server, q, r});
        CPPUNIT_ASSERT(usual == proof_of({client, server, q, r}));
        CPPUNIT_ASSERT(usual != proof_of({other, server, q, r}));
        CPPUNIT_ASSERT(usual != proof_of({client, other, q, r}));
        CPPUNIT_ASSERT(usual != proof_of({client, server, r, q}));
        CPPUNIT_ASSERT(usual != proof_of({client, server, moved, rest}));
    }
    void a_nonce_has_a_number_and_a_kind() {
        CPPUNIT_ASSERT_EQUAL(std::string("000000010203040506070804"),
                             to_hex(seal_nonce(SealKind::response, 0x0102030405060708)));
    }
    void a_text_opens_under_its_own_nonce_alone() {
        const auto key = SealCrypto::content('c');
        const auto sealed = seal_text(*key, seal_nonce(SealKind::piece, 1), bytes("0102")).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{18}, sealed.size());
        CPPUNIT_ASSERT(open_text(*key, seal_nonce(SealKind::piece, 1), sealed).value() ==
                       bytes("0102"));
        for (const auto& nonce : {seal_nonce(SealKind::piece, 2), seal_nonce(SealKind::end, 1)})
            CPPUNIT_ASSERT(open_text(*key, nonce, sealed).error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT(open_text(*key, seal_nonce(SealKind::piece, 1), bytes("01")).error().code ==
                       ErrorCode::integrity);
    }
    void the_identity_is_that_of_a_shared_key() {
        CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), SealCrypto::key()->identity());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealKeyTest);
