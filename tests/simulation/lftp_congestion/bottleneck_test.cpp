#include "scenario.h"

using namespace gantry;
using namespace gantry::testing;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The simulator itself: its figures are only as good as it.
class BottleneckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BottleneckTest);
    CPPUNIT_TEST(a_packet_takes_its_time_on_the_link_and_the_way);
    CPPUNIT_TEST(packets_wait_for_one_another_and_are_dropped_behind_a_full_queue);
    CPPUNIT_TEST(loses_the_share_it_is_told_to);
    CPPUNIT_TEST(the_same_seed_gives_the_same_run);
    CPPUNIT_TEST(every_byte_is_in_flight_delivered_or_lost);
    CPPUNIT_TEST(knows_jains_index);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_packet_takes_its_time_on_the_link_and_the_way() {
        Bottleneck link({.rate = 1'000'000, .one_way = milliseconds(30)});
        CPPUNIT_ASSERT(*link.offer(TimePoint(seconds(1)), 1000) ==
                       TimePoint(seconds(1) + milliseconds(31)));
    }
    void packets_wait_for_one_another_and_are_dropped_behind_a_full_queue() {
        Bottleneck link({.rate = 1'000'000, .one_way = milliseconds(30), .queue = 3000});
        const TimePoint now{seconds(1)};
        for (int i = 1; i <= 4; ++i)
            CPPUNIT_ASSERT(*link.offer(now, 1000) == now + milliseconds(30 + i));
        CPPUNIT_ASSERT(link.queueing(now) == milliseconds(4));
        CPPUNIT_ASSERT(!link.offer(now, 1000));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, link.dropped());
        CPPUNIT_ASSERT(link.offer(now + milliseconds(1), 1000).has_value());
    }
    void loses_the_share_it_is_told_to() {
        Bottleneck link({.queue = std::uint64_t{1} << 60, .loss = 0.05});
        int lost = 0;
        for (int i = 0; i < 20'000; ++i)
            if (!link.offer(TimePoint(seconds(1)), 1500)) ++lost;
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1000, lost, 100);  // three deviations are 92
    }
    void the_same_seed_gives_the_same_run() {
        const auto delivered = [](std::uint64_t seed) {
            Network network(link_with(1, 0.02, seed));
            network.add(controller("bbr", seed));
            network.run_until(seconds(3));
            return network.flow(0).delivered();
        };
        CPPUNIT_ASSERT_EQUAL(delivered(7), delivered(7));
        CPPUNIT_ASSERT(delivered(7) != delivered(8));
    }
    void every_byte_is_in_flight_delivered_or_lost() {
        Network network(link_with(0.25, 0.03));
        auto& flow = network.add(controller("cubic"));
        network.run_until(seconds(5));
        CPPUNIT_ASSERT_EQUAL(flow.sent(), flow.delivered() + flow.lost() + flow.in_flight());
        CPPUNIT_ASSERT(flow.lost() > 0);
    }
    void knows_jains_index() {
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1.0, jain_index({5, 5, 5}), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.25, jain_index({1, 0, 0, 0}), 1e-12);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.8, jain_index({3, 1}), 1e-12);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BottleneckTest);
