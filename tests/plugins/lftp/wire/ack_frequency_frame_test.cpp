#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/ack_frequency_frame.h>

using namespace gantry;
using namespace gantry::lftp;

class AckFrequencyFrameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AckFrequencyFrameTest);
    CPPUNIT_TEST(encodes_its_fields_in_order);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_its_fields_in_order() {
        const AckFrequencyFrame frame{3, 20, std::chrono::microseconds(2500), 1};
        const Bytes bytes = encoded(frame);
        CPPUNIT_ASSERT_EQUAL(plain("20 03 14 49c4 01"), shown(bytes));
        PacketReader reader(ByteView(bytes).subspan(1));
        CPPUNIT_ASSERT(AckFrequencyFrame::decode(reader) == frame && reader.done());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AckFrequencyFrameTest);
