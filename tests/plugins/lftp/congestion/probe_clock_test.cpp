#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/probe_clock.h>

#include <set>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::seconds;

class ProbeClockTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProbeClockTest);
    CPPUNIT_TEST(waits_two_to_three_seconds_by_chance);
    CPPUNIT_TEST(waits_the_same_for_the_same_seed);
    CPPUNIT_TEST(waits_no_more_rounds_than_packets_or_63);
    CPPUNIT_TEST(waits_longer_for_each_sign_of_others);
    CPPUNIT_TEST_SUITE_END();

    static TimePoint at(Duration d) { return TimePoint(d); }

  public:
    void waits_two_to_three_seconds_by_chance() {
        ProbeClock clock(1);
        std::set<Duration> seen;
        for (int i = 0; i < 100; ++i) {
            clock.begin(at({}));
            CPPUNIT_ASSERT(clock.wait() >= seconds(2) && clock.wait() < seconds(3));
            CPPUNIT_ASSERT(!clock.due(at(clock.wait()), 1000, 0));
            CPPUNIT_ASSERT(clock.due(at(clock.wait() + Duration(1)), 1000, 0));
            seen.insert(clock.wait());
        }
        CPPUNIT_ASSERT(seen.size() > 90);
    }
    void waits_the_same_for_the_same_seed() {
        ProbeClock one(7);
        ProbeClock other(7);
        ProbeClock third(8);
        one.begin(at({}));
        other.begin(at({}));
        third.begin(at({}));
        CPPUNIT_ASSERT(one.wait() == other.wait() && one.wait() != third.wait());
    }
    void waits_no_more_rounds_than_packets_or_63() {
        for (const auto& [packets, rounds] : {std::pair{10U, 10}, std::pair{1000U, 63}}) {
            ProbeClock clock(3);
            clock.begin(at({}));
            for (int i = 1; i < rounds - 1; ++i) clock.on_round();
            CPPUNIT_ASSERT(!clock.due(at({}), packets, 0));
            clock.on_round();
            clock.on_round();
            CPPUNIT_ASSERT(clock.due(at({}), packets, 0));
        }
    }
    void waits_longer_for_each_sign_of_others() {
        ProbeClock clock(3);
        clock.begin(at({}));
        CPPUNIT_ASSERT(!clock.due(at(clock.wait() * 9 / 4 - Duration(9)), 1000, 1));
        CPPUNIT_ASSERT(clock.due(at(clock.wait() * 9 / 4 + Duration(9)), 1000, 1));
        CPPUNIT_ASSERT(!clock.due(at(clock.wait() * 7 / 2 - Duration(9)), 1000, 2));
        CPPUNIT_ASSERT(clock.due(at(clock.wait() * 7 / 2 + Duration(9)), 1000, 2));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ProbeClockTest);
