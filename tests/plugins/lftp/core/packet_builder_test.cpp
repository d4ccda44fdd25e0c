#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/packet_builder.h>

using namespace gantry;
using namespace gantry::lftp;

class PacketBuilderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PacketBuilderTest);
    CPPUNIT_TEST(leaves_room_for_the_protection);
    CPPUNIT_TEST(takes_no_more_frames_than_can_be_remembered);
    CPPUNIT_TEST(takes_nothing_behind_a_frame_without_length);
    CPPUNIT_TEST_SUITE_END();

    std::array<std::byte, 100> packet_{};
    PacketBuilder builder_{packet_, 16};

  public:
    void leaves_room_for_the_protection() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{84}, builder_.room());
        CPPUNIT_ASSERT(builder_.empty() && builder_.size() == 16);
        builder_.pad_to(1000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, builder_.size());
        CPPUNIT_ASSERT(builder_.record().in_flight && !builder_.record().counts);
    }
    void takes_no_more_frames_than_can_be_remembered() {
        for (std::size_t i = 0; i < SentPacket::kMaxFrames; ++i) {
            CPPUNIT_ASSERT(builder_.takes(10));
            builder_.note({FrameType::max_data, false, 0, {}, i});
        }
        CPPUNIT_ASSERT(!builder_.takes(1) && builder_.room() > 0);
        CPPUNIT_ASSERT(builder_.record().counts && !builder_.empty());
    }
    void takes_nothing_behind_a_frame_without_length() {
        builder_.close_frames();
        CPPUNIT_ASSERT(!builder_.takes(1) && builder_.room() == 0);
        builder_.pad_to(100);
        CPPUNIT_ASSERT_EQUAL(std::size_t{16}, builder_.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PacketBuilderTest);
