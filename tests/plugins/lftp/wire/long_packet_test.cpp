#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/checksum.h>
#include <lftp/wire/long_packet.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

const char* const kHandshakeExample =
    "d0 67720001 f067a5502a4262b5 0001020304050607 00000000 02 00 00 00 00 01 885598ff";

}  // namespace

class LongPacketTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LongPacketTest);
    CPPUNIT_TEST(encodes_the_handshake_packet_of_the_document);
    CPPUNIT_TEST(decodes_the_handshake_packet_of_the_document);
    CPPUNIT_TEST(encodes_the_first_packet_of_the_document);
    CPPUNIT_TEST(carries_a_cookie_in_a_first_packet);
    CPPUNIT_TEST(refuses_every_cut_and_another_version);
    CPPUNIT_TEST(refuses_a_packet_without_frames);
    CPPUNIT_TEST(tells_long_packets_by_their_first_bit);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_handshake_packet_of_the_document() {
        const auto packet = written([](ByteWriter& w) {
            encode_long_header(w, {LongKind::handshake, kVersion1, kServerId, kClientId}, {},
                               PacketNumber(0));
            w.bytes(hex("02 00 00 00 00 01"));
            write_checksum(w);
        });
        CPPUNIT_ASSERT_EQUAL(plain(kHandshakeExample), shown(packet));
    }
    void decodes_the_handshake_packet_of_the_document() {
        const Bytes bytes = hex(kHandshakeExample);
        const auto packet = LongPacket::decode(bytes).value();
        CPPUNIT_ASSERT(packet.header ==
                       (LongHeader{LongKind::handshake, kVersion1, kServerId, kClientId}));
        CPPUNIT_ASSERT(packet.cookie.empty() && packet.number == PacketNumber(0));
        CPPUNIT_ASSERT_EQUAL(std::string("020000000001"), shown(packet.frames));
    }
    void encodes_the_first_packet_of_the_document() {
        auto packet = written([](ByteWriter& w) {
            encode_long_header(w, {LongKind::first, kVersion1, kFirstGuess, kClientId}, {},
                               PacketNumber(0));
            w.bytes(
                hex("06 00 24 00 22 00 08 67720001 67720001 01 01 01 02 04 81c9c380"
                    "04 04 80100000 05 04 80040000 06 01 10"));
            w.bytes(Bytes(1196 - w.size()));
            write_checksum(w);
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1200}, packet.size());
        CPPUNIT_ASSERT_EQUAL(std::string("89cad747"), shown(ByteView(packet).last(4)));
    }
    void carries_a_cookie_in_a_first_packet() {
        const auto bytes = written([](ByteWriter& w) {
            encode_long_header(w, {LongKind::first, kVersion1, kServerId, kClientId},
                               as_bytes("token"), PacketNumber(0x1234'5678));
            CPPUNIT_ASSERT_EQUAL(long_header_size(LongKind::first, 5), w.size());
            w.u8(1);
            write_checksum(w);
        });
        const auto packet = LongPacket::decode(bytes).value();
        CPPUNIT_ASSERT_EQUAL(std::string("token"), std::string(as_text(packet.cookie)));
        CPPUNIT_ASSERT(packet.number == PacketNumber(0x1234'5678));
    }
    void refuses_every_cut_and_another_version() {
        const auto decode = [](ByteView bytes) { return LongPacket::decode(bytes); };
        CPPUNIT_ASSERT(refuses_every_cut(hex(kHandshakeExample), decode));
        const auto other = written([](ByteWriter& w) {
            encode_long_header(w, {LongKind::handshake, Version(2), kServerId, kClientId}, {},
                               PacketNumber(0));
            w.u8(1);
            write_checksum(w);
        });
        CPPUNIT_ASSERT(LongPacket::decode(other).error().code == ErrorCode::unsupported);
        CPPUNIT_ASSERT(peek_long_header(other).value().version == Version(2));
    }
    void refuses_a_packet_without_frames() {
        const auto empty = written([](ByteWriter& w) {
            encode_long_header(w, {LongKind::handshake, kVersion1, kServerId, kClientId}, {},
                               PacketNumber(0));
            write_checksum(w);
        });
        CPPUNIT_ASSERT(LongPacket::decode(empty).error().code == ErrorCode::protocol);
    }
    void tells_long_packets_by_their_first_bit() {
        CPPUNIT_ASSERT(is_long(hex("80")) && is_long(hex("ff")));
        CPPUNIT_ASSERT(!is_long(hex("40")) && !is_long({}));
        CPPUNIT_ASSERT(!peek_long_header(Bytes(40)).ok());
        CPPUNIT_ASSERT(!peek_long_header(Bytes(20, std::byte{0xC0})).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LongPacketTest);
