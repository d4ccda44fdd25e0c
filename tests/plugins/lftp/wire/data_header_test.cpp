#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/checksum.h>
#include <lftp/wire/data_header.h>

using namespace gantry;
using namespace gantry::lftp;

class DataHeaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DataHeaderTest);
    CPPUNIT_TEST(encodes_the_packet_of_the_document);
    CPPUNIT_TEST(decodes_the_key_phase);
    CPPUNIT_TEST(refuses_other_first_bytes_and_empty_packets);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_packet_of_the_document() {
        const auto packet = written([](ByteWriter& w) {
            DataHeader{false, kServerId, 5}.encode(w);
            CPPUNIT_ASSERT_EQUAL(DataHeader::kSize, w.size());
            w.bytes(hex("0b 00 05 68 65 6c 6c 6f"));
            write_checksum(w);
        });
        CPPUNIT_ASSERT_EQUAL(plain("40 f067a5502a4262b5 00000005 0b000568656c6c6f 19398332"),
                             shown(packet));
    }
    void decodes_the_key_phase() {
        const auto header = DataHeader::decode(hex("41 f067a5502a4262b5 00000006 95")).value();
        CPPUNIT_ASSERT(header == (DataHeader{true, kServerId, 6}));
    }
    void refuses_other_first_bytes_and_empty_packets() {
        for (const char* kind : {"42", "00", "60", "c0", "50", "44"})
            CPPUNIT_ASSERT(
                !DataHeader::decode(hex(kind + std::string("f067a5502a4262b50000000501"))));
        const auto decode = [](ByteView bytes) { return DataHeader::decode(bytes); };
        CPPUNIT_ASSERT(refuses_every_cut(hex("40 f067a5502a4262b5 00000005 01"), decode));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DataHeaderTest);
