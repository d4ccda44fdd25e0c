#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/frame_type.h>

using namespace gantry;
using namespace gantry::lftp;

class FrameTypeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FrameTypeTest);
    CPPUNIT_TEST(knows_what_counts_for_acks);
    CPPUNIT_TEST(knows_what_a_handshake_packet_may_hold);
    CPPUNIT_TEST(knows_the_types_of_streams_and_the_optional_ones);
    CPPUNIT_TEST_SUITE_END();

  public:
    void knows_what_counts_for_acks() {
        for (const unsigned type : {0x00U, 0x02U, 0x03U, 0x1cU, 0x1dU})
            CPPUNIT_ASSERT(!counts_for_acks(static_cast<FrameType>(type)));
        for (const unsigned type : {0x01U, 0x04U, 0x06U, 0x0fU, 0x10U, 0x1eU, 0x1fU, 0x80U})
            CPPUNIT_ASSERT(counts_for_acks(static_cast<FrameType>(type)));
    }
    void knows_what_a_handshake_packet_may_hold() {
        std::string allowed;
        for (unsigned type = 0; type < 256; ++type)
            if (may_stand_in(static_cast<FrameType>(type), PacketSpace::handshake))
                allowed += std::to_string(type) + ' ';
        CPPUNIT_ASSERT_EQUAL(std::string("0 1 2 3 6 28 "), allowed);
    }
    void knows_the_types_of_streams_and_the_optional_ones() {
        CPPUNIT_ASSERT(is_stream(FrameType(0x08)) && is_stream(FrameType(0x0f)));
        CPPUNIT_ASSERT(!is_stream(FrameType(0x07)) && !is_stream(FrameType(0x10)));
        CPPUNIT_ASSERT(is_optional(FrameType(0x80)) && !is_optional(FrameType(0x7f)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FrameTypeTest);
