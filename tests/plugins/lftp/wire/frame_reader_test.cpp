#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/frame_reader.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

// The kinds of the frames by their place in the variant.
std::string kinds(const std::string& text, PacketSpace space = PacketSpace::data) {
    const Bytes bytes = hex(text);
    FrameReader reader(bytes, space);
    std::string out;
    while (true) {
        const auto frame = reader.next();
        if (!frame) return out + "refused";
        if (!*frame) return out + "end";
        out += std::to_string((*frame)->index()) + ' ';
    }
}

}  // namespace

class FrameReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FrameReaderTest);
    CPPUNIT_TEST(takes_a_packet_apart);
    CPPUNIT_TEST(knows_every_type_of_the_document);
    CPPUNIT_TEST(skips_an_optional_frame_and_refuses_an_unknown_one);
    CPPUNIT_TEST(refuses_frames_that_are_cut);
    CPPUNIT_TEST(refuses_data_in_a_handshake_packet);
    CPPUNIT_TEST(says_which_type_was_at_fault);
    CPPUNIT_TEST_SUITE_END();

  public:
    void takes_a_packet_apart() {
        CPPUNIT_ASSERT_EQUAL(std::string("0 1 4 6 7 8 end"),
                             kinds("00 00 01 02 05 00 00 00 06 00 01 aa 10 05 1a 0102030405060708"
                                   "1d 00 00"));
    }
    void knows_every_type_of_the_document() {
        CPPUNIT_ASSERT_EQUAL(std::string("0 2 3 end"), kinds("01 04 01 02 03 05 01 02"));
        CPPUNIT_ASSERT_EQUAL(std::string("6 6 6 6 6 6 end"),
                             kinds("10 01 11 01 02 12 03 14 01 15 01 02 16 01"));
        CPPUNIT_ASSERT_EQUAL(std::string("9 10 11 end"),
                             kinds("1e 00000000000000000000000000000000 1f 20 00 01 02 03"));
        CPPUNIT_ASSERT_EQUAL(std::string("7 8 end"), kinds("1b 0102030405060708 1c 00 00 00"));
        CPPUNIT_ASSERT_EQUAL(std::string("5 5 end"), kinds("0a 00 01 aa 08 04 bb cc"));
    }
    void skips_an_optional_frame_and_refuses_an_unknown_one() {
        CPPUNIT_ASSERT_EQUAL(std::string("12 0 end"), kinds("85 02 aabb 01"));
        CPPUNIT_ASSERT_EQUAL(std::string("0 refused"), kinds("01 21"));
        CPPUNIT_ASSERT_EQUAL(std::string("refused"), kinds("07"));
        CPPUNIT_ASSERT_EQUAL(std::string("refused"), kinds("13 00"));
    }
    void refuses_frames_that_are_cut() {
        for (const char* text :
             {"02 05 00", "06 00 05 aa", "04 01", "1a 01", "85 03 aabb", "0a 00 09"})
            CPPUNIT_ASSERT_EQUAL(std::string("refused"), kinds(text));
    }
    void refuses_data_in_a_handshake_packet() {
        CPPUNIT_ASSERT_EQUAL(std::string("refused"), kinds("0a 00 01 aa", PacketSpace::handshake));
        CPPUNIT_ASSERT_EQUAL(std::string("refused"), kinds("1d 00 00", PacketSpace::handshake));
        CPPUNIT_ASSERT_EQUAL(std::string("0 4 8 end"),
                             kinds("01 06 00 01 aa 1c 00 00 00", PacketSpace::handshake));
    }
    void says_which_type_was_at_fault() {
        const Bytes bytes = hex("01 7f");
        FrameReader reader(bytes, PacketSpace::data);
        CPPUNIT_ASSERT(reader.next().ok() && !reader.next().ok());
        CPPUNIT_ASSERT(reader.last_type() == static_cast<FrameType>(0x7f));
        CPPUNIT_ASSERT(!reader.next().value().has_value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FrameReaderTest);
