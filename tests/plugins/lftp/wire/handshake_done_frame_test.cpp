#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/handshake_done_frame.h>

using namespace gantry;
using namespace gantry::lftp;

class HandshakeDoneFrameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HandshakeDoneFrameTest);
    CPPUNIT_TEST(carries_the_token);
    CPPUNIT_TEST_SUITE_END();

  public:
    void carries_the_token() {
        HandshakeDoneFrame frame;
        frame.token.fill(std::byte{0x5A});
        const Bytes bytes = encoded(frame);
        CPPUNIT_ASSERT_EQUAL(plain("1e 5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"), shown(bytes));
        PacketReader reader(ByteView(bytes).subspan(1));
        CPPUNIT_ASSERT(HandshakeDoneFrame::decode(reader) == frame && reader.done());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HandshakeDoneFrameTest);
