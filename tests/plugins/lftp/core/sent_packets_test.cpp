#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/sent_packets.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

void push(SentPackets& sent, std::uint32_t size) {
    SentPacket packet;
    packet.delivery.size = size;
    packet.state = SentState::open;
    sent.push(packet);
}

}  // namespace

class SentPacketsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SentPacketsTest);
    CPPUNIT_TEST(finds_packets_by_their_number);
    CPPUNIT_TEST(forgets_the_oldest_that_are_done);
    CPPUNIT_TEST(is_full_at_its_limit);
    CPPUNIT_TEST(remembers_a_few_frames_of_a_packet);
    CPPUNIT_TEST_SUITE_END();

  public:
    void finds_packets_by_their_number() {
        SentPackets sent(PacketNumber((std::uint64_t{1} << 32) - 50));
        const std::uint64_t first = sent.next().value();
        for (std::uint32_t i = 0; i < 500; ++i) push(sent, i);
        for (std::uint32_t i = 0; i < 500; ++i) {
            const SentPacket* packet = sent.find(first + i);
            CPPUNIT_ASSERT(packet != nullptr && packet->number.value() == first + i);
            CPPUNIT_ASSERT_EQUAL(i, packet->delivery.size);
        }
        CPPUNIT_ASSERT(sent.find(first - 1) == nullptr && sent.find(first + 500) == nullptr);
    }
    void forgets_the_oldest_that_are_done() {
        SentPackets sent;
        for (std::uint32_t i = 0; i < 10; ++i) push(sent, i);
        for (const std::uint64_t n : {0U, 1U, 3U}) sent.find(n)->state = SentState::done;
        sent.trim();
        CPPUNIT_ASSERT(sent.find(1) == nullptr && sent.find(2) != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, sent.size());
        sent.find(2)->state = SentState::done;
        sent.trim();
        CPPUNIT_ASSERT(sent.find(3) == nullptr && sent.find(4) != nullptr);
    }
    void is_full_at_its_limit() {
        SentPackets sent;
        for (std::uint32_t i = 0; i < limits::kMaxPacketsInFlight; ++i) {
            CPPUNIT_ASSERT(!sent.full());
            push(sent, i);
        }
        CPPUNIT_ASSERT(sent.full());
        sent.find(0)->state = SentState::done;
        sent.trim();
        CPPUNIT_ASSERT(!sent.full());
    }
    void remembers_a_few_frames_of_a_packet() {
        SentPacket packet;
        while (packet.has_room()) packet.add({FrameType::max_data, false, 0, {}, 7});
        CPPUNIT_ASSERT_EQUAL(SentPacket::kMaxFrames, packet.frames().size());
        CPPUNIT_ASSERT(packet.frames()[3].type == FrameType::max_data);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SentPacketsTest);
