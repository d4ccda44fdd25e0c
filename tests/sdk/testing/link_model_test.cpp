#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/link_model.h>

#include <vector>

using namespace gantry;
using namespace std::chrono_literals;
using testing::LinkModel;
using testing::LinkOptions;
using testing::PacketFate;
using testing::SeededRandom;

namespace {

class LinkModelTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LinkModelTest);
    CPPUNIT_TEST(delays_every_packet);
    CPPUNIT_TEST(jitter_keeps_the_order);
    CPPUNIT_TEST(loses_the_share_that_is_asked_for);
    CPPUNIT_TEST(loses_in_bursts);
    CPPUNIT_TEST(lets_later_packets_pass_one_that_is_held_back);
    CPPUNIT_TEST(duplicates_and_corrupts_by_chance);
    CPPUNIT_TEST(spaces_packets_by_the_rate);
    CPPUNIT_TEST(drops_what_the_queue_does_not_hold);
    CPPUNIT_TEST(tells_when_there_is_room);
    CPPUNIT_TEST(marks_above_the_threshold);
    CPPUNIT_TEST_SUITE_END();

    TimePoint now_{1000s};

    static LinkModel make(const LinkOptions& options) {
        return LinkModel(options, SeededRandom(5));
    }
    static int count_lost(LinkModel& link, TimePoint now, int packets) {
        int lost = 0;
        for (int i = 0; i < packets; ++i)
            if (link.pass(now, 100).fate == PacketFate::lost) ++lost;
        return lost;
    }

    void delays_every_packet() {
        LinkOptions options;
        options.delay = 30ms;
        auto link = make(options);
        const auto passage = link.pass(now_, 1500);
        CPPUNIT_ASSERT(passage.fate == PacketFate::arrives);
        CPPUNIT_ASSERT(passage.arrival == now_ + 30ms);
    }
    void jitter_keeps_the_order() {
        LinkOptions options;
        options.jitter = 20ms;
        auto link = make(options);
        TimePoint last{};
        bool spread = false;
        for (int i = 0; i < 200; ++i) {
            const auto arrival = link.pass(now_ + i * 1us, 100).arrival;
            CPPUNIT_ASSERT(arrival >= last);
            CPPUNIT_ASSERT(arrival <= now_ + i * 1us + 21ms);
            spread = spread || (last != TimePoint{} && arrival != last);
            last = arrival;
        }
        CPPUNIT_ASSERT(spread);
    }
    void loses_the_share_that_is_asked_for() {
        LinkOptions options;
        options.loss = 0.1;
        auto link = make(options);
        const int lost = count_lost(link, now_, 10'000);
        CPPUNIT_ASSERT(lost > 900 && lost < 1100);
    }
    void loses_in_bursts() {
        LinkOptions options;
        options.burst_start = 0.01;
        options.burst_end = 0.2;
        auto link = make(options);
        int lost = 0;
        int bursts = 0;
        bool before = false;
        for (int i = 0; i < 20'000; ++i) {
            const bool gone = link.pass(now_, 100).fate == PacketFate::lost;
            lost += gone ? 1 : 0;
            bursts += gone && !before ? 1 : 0;
            before = gone;
        }
        // The mean burst is 1 / burst_end = 5 packets long.
        CPPUNIT_ASSERT(bursts > 100);
        CPPUNIT_ASSERT(lost > 4 * bursts && lost < 6 * bursts);
    }
    void lets_later_packets_pass_one_that_is_held_back() {
        LinkOptions options;
        options.reorder = 0.2;
        auto link = make(options);
        int overtaken = 0;
        TimePoint last{};
        for (int i = 0; i < 1000; ++i) {
            const auto arrival = link.pass(now_ + i * 100us, 100).arrival;
            if (arrival < last) ++overtaken;
            last = arrival;
        }
        CPPUNIT_ASSERT(overtaken > 50);
    }
    void duplicates_and_corrupts_by_chance() {
        LinkOptions options;
        options.duplicate = 0.5;
        options.corrupt = 0.25;
        auto link = make(options);
        int twice = 0;
        int changed = 0;
        for (int i = 0; i < 1000; ++i) {
            const auto passage = link.pass(now_, 100);
            twice += passage.duplicate ? 1 : 0;
            changed += passage.corrupted ? 1 : 0;
        }
        CPPUNIT_ASSERT(twice > 400 && twice < 600);
        CPPUNIT_ASSERT(changed > 180 && changed < 320);
    }
    void spaces_packets_by_the_rate() {
        LinkOptions options;
        options.delay = 0s;
        options.rate = BytesPerSecond{1'000'000};
        auto link = make(options);
        for (int i = 1; i <= 10; ++i)
            CPPUNIT_ASSERT(link.pass(now_, 1000).arrival == now_ + i * 1ms);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10'000}, link.backlog(now_));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, link.backlog(now_ + 10ms));
    }
    void drops_what_the_queue_does_not_hold() {
        LinkOptions options;
        options.rate = BytesPerSecond{1'000'000};
        options.queue = ByteCount{3000};
        auto link = make(options);
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(link.pass(now_, 1000).fate == PacketFate::arrives);
        CPPUNIT_ASSERT(link.pass(now_, 1000).fate == PacketFate::queue_full);
        CPPUNIT_ASSERT(link.pass(now_ + 1ms, 1000).fate == PacketFate::arrives);
    }
    void tells_when_there_is_room() {
        LinkOptions options;
        options.rate = BytesPerSecond{1'000'000};
        options.queue = ByteCount{3000};
        auto link = make(options);
        CPPUNIT_ASSERT(link.room_at(now_, 9000) == now_);
        for (int i = 0; i < 3; ++i) (void)link.pass(now_, 1000);
        const TimePoint room = link.room_at(now_, 1000);
        CPPUNIT_ASSERT(room > now_ && room < now_ + 2ms);
        CPPUNIT_ASSERT(link.room_at(room, 1000) == room);
        CPPUNIT_ASSERT(link.pass(room, 1000).fate == PacketFate::arrives);
        const TimePoint empty = link.room_at(room, 9000);
        CPPUNIT_ASSERT(link.pass(empty, 9000).fate == PacketFate::arrives);
    }
    void marks_above_the_threshold() {
        LinkOptions options;
        options.rate = BytesPerSecond{1'000'000};
        options.mark_above = ByteCount{2000};
        auto link = make(options);
        CPPUNIT_ASSERT(!link.pass(now_, 1500).marked);
        CPPUNIT_ASSERT(!link.pass(now_, 1500).marked);
        CPPUNIT_ASSERT(link.pass(now_, 1500).marked);
        CPPUNIT_ASSERT(!link.pass(now_ + 1s, 1500).marked);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LinkModelTest);

}  // namespace
