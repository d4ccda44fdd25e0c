#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/reset_packet.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

const char* const kResetExample =
    "f0 67720001 0000000000000000 f067a5502a4262b5 00112233445566778899aabbccddeeff 40ba732f";

}  // namespace

class ResetPacketTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResetPacketTest);
    CPPUNIT_TEST(encodes_the_bytes_of_the_document);
    CPPUNIT_TEST(refuses_every_cut_damage_and_more_bytes);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_bytes_of_the_document() {
        ResetPacket packet;
        packet.source = kServerId;
        const Bytes token = hex("00112233445566778899aabbccddeeff");
        std::copy(token.begin(), token.end(), packet.token.begin());
        CPPUNIT_ASSERT_EQUAL(plain(kResetExample), shown(encoded(packet)));
        CPPUNIT_ASSERT(ResetPacket::decode(hex(kResetExample)).value() == packet);
        CPPUNIT_ASSERT_EQUAL(ResetPacket::kSize, hex(kResetExample).size());
    }
    void refuses_every_cut_damage_and_more_bytes() {
        const auto decode = [](ByteView bytes) { return ResetPacket::decode(bytes); };
        auto bytes = hex(kResetExample);
        CPPUNIT_ASSERT(refuses_every_cut(bytes, decode));
        bytes.push_back(std::byte{0});
        CPPUNIT_ASSERT(decode(bytes).error().code == ErrorCode::protocol);
        bytes.pop_back();
        bytes[30] ^= std::byte{1};
        CPPUNIT_ASSERT(decode(bytes).error().code == ErrorCode::integrity);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ResetPacketTest);
