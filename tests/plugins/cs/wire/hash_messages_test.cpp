#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/hash_messages.h>

using namespace gantry;
using namespace gantry::cs;

class HashMessagesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HashMessagesTest);
    CPPUNIT_TEST(a_request_is_a_path_and_a_check);
    CPPUNIT_TEST(a_request_can_be_for_what_has_come_of_an_upload);
    CPPUNIT_TEST(refuses_a_request_without_a_check);
    CPPUNIT_TEST(a_count_is_eight_bytes);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_request_is_a_path_and_a_check() {
        const HashRequest request{"a", CheckAlgorithm::merkle};
        const auto bytes = hex("00 01 00 01 61  80 05 00 01 03");
        CPPUNIT_ASSERT(bytes == request.encode());
        CPPUNIT_ASSERT(request == HashRequest::decode(bytes).value());
    }
    void a_request_can_be_for_what_has_come_of_an_upload() {
        const HashRequest request{"a", CheckAlgorithm::crc32c, hex("66696c652031")};
        const auto bytes = hex("00 01 00 01 61  80 05 00 01 01  00 15 00 06 66 69 6c 65 20 31");
        CPPUNIT_ASSERT(bytes == request.encode());
        CPPUNIT_ASSERT(request == HashRequest::decode(bytes).value());
    }
    void refuses_a_request_without_a_check() {
        for (const auto* body : {"0001000161", "0001000161 8005000100", "8005000103"}) {
            const auto outcome = HashRequest::decode(hex(body));
            CPPUNIT_ASSERT(!outcome && outcome.error().code == ErrorCode::protocol);
        }
    }
    void a_count_is_eight_bytes() {
        CPPUNIT_ASSERT(hex("00 00 00 01 00 00 00 02") == encode_hashed(0x100000002));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0x100000002},
                             decode_hashed(hex("0000000100000002")).value());
        CPPUNIT_ASSERT(!decode_hashed(hex("00000001000000")));
        CPPUNIT_ASSERT(!decode_hashed(hex("000000010000000200")));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HashMessagesTest);
