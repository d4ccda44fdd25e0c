#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/closing.h>
#include <lftp/wire/frame_reader.h>

using namespace gantry;
using namespace gantry::lftp;

class ClosingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClosingTest);
    CPPUNIT_TEST(is_sent_once_and_then_less_and_less_often);
    CPPUNIT_TEST(keeps_the_reason);
    CPPUNIT_TEST(does_not_tell_an_applications_code_in_the_clear);
    CPPUNIT_TEST_SUITE_END();

    Closing closing_;
    std::array<std::byte, 300> bytes_{};
    CloseFrame write(PacketSpace space) {
        PacketBuilder packet(bytes_, 0);
        closing_.write(space, packet);
        FrameReader reader(packet.writer().written(), space);
        return std::get<CloseFrame>(*reader.next().value());
    }

  public:
    void is_sent_once_and_then_less_and_less_often() {
        closing_.begin({false, 7, FrameType::ack, "bad"}, false, true);
        std::string answers;
        for (int i = 0; i < 20; ++i) {
            answers += closing_.due(PacketSpace::data) ? 'x' : '.';
            if (closing_.due(PacketSpace::data)) (void)write(PacketSpace::data);
            closing_.on_packet();
        }
        CPPUNIT_ASSERT_EQUAL(std::string("xx.x...x.......x...."), answers);
        CPPUNIT_ASSERT(!closing_.due(PacketSpace::handshake));
    }
    void keeps_the_reason() {
        {
            const std::string reason = "gone";
            closing_.begin({true, 9, FrameType::padding, reason}, true, true);
        }
        const auto frame = write(PacketSpace::data);
        CPPUNIT_ASSERT(frame.by_application && frame.code == 9 && frame.reason == "gone");
    }
    void does_not_tell_an_applications_code_in_the_clear() {
        closing_.begin({true, 9, FrameType::padding, "gone"}, true, true);
        CPPUNIT_ASSERT(write(PacketSpace::handshake) == CloseFrame());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClosingTest);
