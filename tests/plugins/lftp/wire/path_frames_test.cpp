#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/path_frames.h>

using namespace gantry;
using namespace gantry::lftp;

class PathFramesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PathFramesTest);
    CPPUNIT_TEST(encodes_a_challenge_and_its_answer);
    CPPUNIT_TEST(refuses_a_short_token);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_a_challenge_and_its_answer() {
        PathFrame frame;
        frame.token[7] = std::byte{0xAB};
        CPPUNIT_ASSERT_EQUAL(plain("1a 00000000000000ab"), shown(encoded(frame)));
        frame.type = FrameType::path_response;
        const Bytes bytes = encoded(frame);
        CPPUNIT_ASSERT_EQUAL(plain("1b 00000000000000ab"), shown(bytes));
        PacketReader reader(ByteView(bytes).subspan(1));
        CPPUNIT_ASSERT(PathFrame::decode(reader, FrameType::path_response) == frame);
    }
    void refuses_a_short_token() {
        const Bytes bytes = hex("00000000000000");
        PacketReader reader(bytes);
        (void)PathFrame::decode(reader, FrameType::path_challenge);
        CPPUNIT_ASSERT(reader.failed());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PathFramesTest);
