#include <cppunit/extensions/HelperMacros.h>
#include <gantry/crypto/digest.h>
#include <lftp/core/packet_protection.h>

using namespace gantry;
using namespace gantry::lftp;

class PacketProtectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PacketProtectionTest);
    CPPUNIT_TEST(seals_the_packet_of_the_document);
    CPPUNIT_TEST(refuses_damage_and_empty_packets);
    CPPUNIT_TEST_SUITE_END();

    PlainProtection plain_;

  public:
    void seals_the_packet_of_the_document() {
        auto packet = from_hex("40f067a5502a4262b5000000050b000568656c6c6f00000000").value();
        CPPUNIT_ASSERT(plain_.seal(PacketNumber(5), packet).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("19398332"), to_hex(ByteView(packet).last(4)));
        const auto frames =
            plain_.unseal(PacketNumber(5), DataHeader::decode(packet).value(), packet);
        CPPUNIT_ASSERT_EQUAL(std::string("0b000568656c6c6f"), to_hex(frames.value()));
    }
    void refuses_damage_and_empty_packets() {
        auto packet = from_hex("40f067a5502a4262b5000000050b000568656c6c6f19398332").value();
        packet[20] ^= std::byte{1};
        const auto header = DataHeader::decode(packet).value();
        CPPUNIT_ASSERT(plain_.unseal(PacketNumber(5), header, packet).error().code ==
                       ErrorCode::integrity);
        auto empty = from_hex("40f067a5502a4262b50000000500000000").value();
        (void)plain_.seal(PacketNumber(5), empty);
        CPPUNIT_ASSERT(!plain_.unseal(PacketNumber(5), header, empty).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PacketProtectionTest);
