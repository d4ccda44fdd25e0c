#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/ping_statistics.h>

using namespace gantry;
using namespace gantry::cs;
using namespace std::chrono_literals;

class PingStatisticsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PingStatisticsTest);
    CPPUNIT_TEST(of_one_round_trip_all_are_the_same);
    CPPUNIT_TEST(jitter_is_the_mean_step_from_one_to_the_next);
    CPPUNIT_TEST(one_in_a_hundred_may_pass_the_p99);
    CPPUNIT_TEST_SUITE_END();

  public:
    void of_one_round_trip_all_are_the_same() {
        const auto s = ping_statistics({5ms});
        CPPUNIT_ASSERT(s.min == 5ms && s.mean == 5ms && s.p99 == 5ms && s.max == 5ms);
        CPPUNIT_ASSERT(s.jitter == 0ms);
    }
    void jitter_is_the_mean_step_from_one_to_the_next() {
        const auto s = ping_statistics({4ms, 10ms, 7ms, 7ms});
        CPPUNIT_ASSERT(s.min == 4ms && s.mean == 7ms && s.max == 10ms);
        CPPUNIT_ASSERT(s.jitter == 3ms);
    }
    void one_in_a_hundred_may_pass_the_p99() {
        std::vector<Duration> times(99, 1ms);
        times.push_back(50ms);
        CPPUNIT_ASSERT(ping_statistics(times).p99 == 1ms);
        times.push_back(60ms);
        CPPUNIT_ASSERT(ping_statistics(times).p99 == 50ms);
        CPPUNIT_ASSERT(ping_statistics({1ms, 9ms}).p99 == 9ms);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PingStatisticsTest);
