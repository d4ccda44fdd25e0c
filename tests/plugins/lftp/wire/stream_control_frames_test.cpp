#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/stream_control_frames.h>

using namespace gantry;
using namespace gantry::lftp;

class StreamControlFramesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamControlFramesTest);
    CPPUNIT_TEST(encodes_a_reset);
    CPPUNIT_TEST(encodes_a_stop);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_a_reset() {
        const ResetStreamFrame frame{StreamId(4), 7, 0x1234};
        const Bytes bytes = encoded(frame);
        CPPUNIT_ASSERT_EQUAL(plain("04 04 07 5234"), shown(bytes));
        PacketReader reader(ByteView(bytes).subspan(1));
        CPPUNIT_ASSERT(ResetStreamFrame::decode(reader) == frame && reader.done());
    }
    void encodes_a_stop() {
        const StopSendingFrame frame{StreamId(5), 300};
        const Bytes bytes = encoded(frame);
        CPPUNIT_ASSERT_EQUAL(plain("05 05 412c"), shown(bytes));
        PacketReader reader(ByteView(bytes).subspan(1));
        CPPUNIT_ASSERT(StopSendingFrame::decode(reader) == frame && reader.done());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamControlFramesTest);
