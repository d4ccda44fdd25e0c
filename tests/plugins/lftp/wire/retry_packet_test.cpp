#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/limits.h>
#include <lftp/wire/retry_packet.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

const char* const kRetryExample =
    "e0 67720001 0001020304050607 f067a5502a4262b5 8394c8f03e515708 05 746f6b656e f08becba";

RetryPacket retry_example() { return {kClientId, kServerId, kFirstGuess, as_bytes("token")}; }

}  // namespace

class RetryPacketTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RetryPacketTest);
    CPPUNIT_TEST(encodes_the_bytes_of_the_document);
    CPPUNIT_TEST(decodes_what_it_encodes);
    CPPUNIT_TEST(takes_the_longest_cookie_and_refuses_none);
    CPPUNIT_TEST(refuses_every_cut_and_other_packets);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_bytes_of_the_document() {
        CPPUNIT_ASSERT_EQUAL(plain(kRetryExample), shown(encoded(retry_example())));
    }
    void decodes_what_it_encodes() {
        const Bytes bytes = hex(kRetryExample);
        const auto retry = RetryPacket::decode(bytes).value();
        CPPUNIT_ASSERT(retry.destination == kClientId && retry.source == kServerId);
        CPPUNIT_ASSERT(retry.original == kFirstGuess);
        CPPUNIT_ASSERT_EQUAL(std::string("token"), std::string(as_text(retry.cookie)));
    }
    void takes_the_longest_cookie_and_refuses_none() {
        auto retry = retry_example();
        const Bytes longest(limits::kMaxCookie, std::byte{7});
        retry.cookie = longest;
        const auto bytes = encoded(retry);
        CPPUNIT_ASSERT_EQUAL(limits::kMaxCookie, RetryPacket::decode(bytes).value().cookie.size());
        retry.cookie = {};
        CPPUNIT_ASSERT(RetryPacket::decode(encoded(retry)).error().code == ErrorCode::protocol);
    }
    void refuses_every_cut_and_other_packets() {
        const auto decode = [](ByteView bytes) { return RetryPacket::decode(bytes); };
        CPPUNIT_ASSERT(refuses_every_cut(hex(kRetryExample), decode));
        auto bytes = hex(kRetryExample);
        bytes[0] = std::byte{0xD0};
        CPPUNIT_ASSERT(RetryPacket::decode(bytes).error().code == ErrorCode::protocol);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RetryPacketTest);
