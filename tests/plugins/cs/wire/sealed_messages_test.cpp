#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/sealed_messages.h>

using namespace gantry;
using namespace gantry::cs;

class SealedMessagesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SealedMessagesTest);
    CPPUNIT_TEST(a_request_has_the_bytes_of_the_document);
    CPPUNIT_TEST(a_response_has_the_bytes_of_the_document);
    CPPUNIT_TEST(a_request_keeps_all_fields_of_the_file_service);
    CPPUNIT_TEST(a_message_without_a_proof_at_its_end_is_refused);
    CPPUNIT_TEST(a_proof_that_stands_elsewhere_is_refused);
    CPPUNIT_TEST(key_id_and_random_are_needed_and_have_their_sizes);
    CPPUNIT_TEST(the_plain_service_does_not_know_the_fields);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto kRequest =
        "00 01 00 05 61 2e 74 78 74  80 05 00 01 01"
        "00 30 00 10 b5 96 f7 c9 df 6e 0e 0e 72 72 44 f2 1e c1 ee f4"
        "00 31 00 20 1111111111111111111111111111111111111111111111111111111111111111";
    static constexpr auto kRequestProof =
        "00 32 00 10 9f db 53 96 3b 94 2b b1 77 52 21 94 d0 76 a5 07";
    static constexpr auto kResponse =
        "00 03 00 08 00 00 00 00 00 00 00 05  80 04 00 08 17 a6 10 17 01 65 00 00  80 05 00 01 01"
        "00 31 00 20 2222222222222222222222222222222222222222222222222222222222222222";
    static constexpr auto kResponseProof =
        "00 32 00 10 fd 81 5d 74 92 3e 22 9f c1 87 63 32 97 79 da bb";

    template <class Array>
    static Array array(const std::string& text) {
        Array out{};
        const auto bytes = hex(text);
        CPPUNIT_ASSERT_EQUAL(out.size(), bytes.size());
        std::copy(bytes.begin(), bytes.end(), out.begin());
        return out;
    }
    static SealRandom full_of(char byte) {
        SealRandom out{};
        out.fill(static_cast<std::byte>(byte));
        return out;
    }
    static SealedRequest request() {
        return {{"a.txt", CheckAlgorithm::crc32c},
                array<SealKeyId>("b5 96 f7 c9 df 6e 0e 0e 72 72 44 f2 1e c1 ee f4"),
                full_of(0x11)};
    }
    static ErrorCode refusal(const std::string& fields) {
        return SealedRequest::decode(hex(fields)).error().code;
    }

  public:
    void a_request_has_the_bytes_of_the_document() {
        CPPUNIT_ASSERT_EQUAL(shown(hex(kRequest)), shown(request().encode()));
        const auto proof = array<SealProof>("9f db 53 96 3b 94 2b b1 77 52 21 94 d0 76 a5 07");
        const auto body = with_proof(request().encode(), proof);
        CPPUNIT_ASSERT_EQUAL(shown(hex(std::string(kRequest) + kRequestProof)), shown(body));
        const auto ask = SealedAsk::decode(body).value();
        CPPUNIT_ASSERT(ask.request == request() && ask.proof == proof && ask.body == body);
        CPPUNIT_ASSERT_EQUAL(shown(hex(kRequest)), shown(ask.fields()));
    }
    void a_response_has_the_bytes_of_the_document() {
        const SealedResponse response{{5, 0x17a6101701650000, CheckAlgorithm::crc32c, {}},
                                      full_of(0x22)};
        CPPUNIT_ASSERT_EQUAL(shown(hex(kResponse)), shown(response.encode()));
        const auto body = hex(std::string(kResponse) + kResponseProof);
        const auto proven = ProvenBody::split(body).value();
        CPPUNIT_ASSERT(response == SealedResponse::decode(proven.fields).value());
        CPPUNIT_ASSERT_EQUAL(std::string("fd815d74923e229fc18763329779dabb"), shown(proven.proof));
    }
    void a_request_keeps_all_fields_of_the_file_service() {
        auto all = request();
        all.file = {"b", CheckAlgorithm::merkle, 1 << 20, 77, Bytes(3, std::byte{1}), true};
        CPPUNIT_ASSERT(all == SealedRequest::decode(all.encode()).value());
    }
    void a_message_without_a_proof_at_its_end_is_refused() {
        for (const auto& text :
             {std::string(), std::string("00 32 00 10"), std::string(kRequest),
              std::string(kRequest) + "00 32 00 0f 000000000000000000000000000000"})
            CPPUNIT_ASSERT(SealedAsk::decode(hex(text)).error().code == ErrorCode::protocol);
    }
    void a_proof_that_stands_elsewhere_is_refused() {
        const auto twice = std::string(kRequest) + kRequestProof + kRequestProof;
        CPPUNIT_ASSERT(SealedAsk::decode(hex(twice)).error().code == ErrorCode::unsupported);
    }
    void key_id_and_random_are_needed_and_have_their_sizes() {
        const std::string path = "00 01 00 01 61";
        const std::string key = "00 30 00 10 00112233445566778899aabbccddeeff";
        const std::string random =
            "00 31 00 20 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        CPPUNIT_ASSERT(SealedRequest::decode(hex(path + key + random)).ok());
        CPPUNIT_ASSERT(refusal(path + key) == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal(path + random) == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal(key + random) == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal(path + random + "00 30 00 01 00") == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal(path + key + "00 31 00 01 00") == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal(path + key + random + random) == ErrorCode::protocol);
    }
    void the_plain_service_does_not_know_the_fields() {
        CPPUNIT_ASSERT(FileRequest::decode(hex(kRequest)).error().code == ErrorCode::unsupported);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealedMessagesTest);
