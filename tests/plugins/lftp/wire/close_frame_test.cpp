#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/close_frame.h>
#include <lftp/wire/limits.h>

using namespace gantry;
using namespace gantry::lftp;

class CloseFrameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CloseFrameTest);
    CPPUNIT_TEST(encodes_a_close_by_rudp);
    CPPUNIT_TEST(encodes_a_close_by_the_application);
    CPPUNIT_TEST(cuts_a_long_reason_on_both_sides);
    CPPUNIT_TEST(cuts_the_reason_to_the_room);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_a_close_by_rudp() {
        const CloseFrame frame{false, 7, FrameType::ack, "bad"};
        const Bytes bytes = encoded(frame);
        CPPUNIT_ASSERT_EQUAL(plain("1c 07 02 03 626164"), shown(bytes));
        PacketReader reader(ByteView(bytes).subspan(1));
        CPPUNIT_ASSERT(CloseFrame::decode(reader, FrameType::transport_close) == frame);
    }
    void encodes_a_close_by_the_application() {
        const CloseFrame frame{true, 500, FrameType::padding, {}};
        const Bytes bytes = encoded(frame);
        CPPUNIT_ASSERT_EQUAL(plain("1d 41f4 00"), shown(bytes));
        PacketReader reader(ByteView(bytes).subspan(1));
        CPPUNIT_ASSERT(CloseFrame::decode(reader, FrameType::application_close) == frame);
    }
    void cuts_a_long_reason_on_both_sides() {
        const std::string text(1000, 'x');
        const CloseFrame frame{true, 0, FrameType::padding, text};
        CPPUNIT_ASSERT_EQUAL(limits::kMaxReason + 4, encoded(frame).size());
        const Bytes bytes = hex("00 43e8" + shown(as_bytes(text)));
        PacketReader reader(bytes);
        const auto read = CloseFrame::decode(reader, FrameType::application_close);
        CPPUNIT_ASSERT_EQUAL(limits::kMaxReason, read.reason.size());
        CPPUNIT_ASSERT(reader.done() && !reader.failed());
    }
    void cuts_the_reason_to_the_room() {
        std::array<std::byte, 40> room{};
        ByteWriter writer(room);
        CloseFrame{false, 7, FrameType::ack, std::string(200, 'y')}.encode(writer);
        CPPUNIT_ASSERT(!writer.overflow() && writer.size() > 20);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CloseFrameTest);
