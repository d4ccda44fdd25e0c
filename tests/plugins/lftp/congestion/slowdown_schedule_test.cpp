#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/slowdown_schedule.h>

#include <chrono>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;

class SlowdownScheduleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SlowdownScheduleTest);
    CPPUNIT_TEST(waits_two_round_trips_after_the_first_slow_start);
    CPPUNIT_TEST(holds_for_two_round_trips);
    CPPUNIT_TEST(rests_nine_times_as_long_as_a_slowdown_took);
    CPPUNIT_TEST(does_nothing_before_slow_start_has_ended);
    CPPUNIT_TEST_SUITE_END();

    using Step = SlowdownSchedule::Step;
    static constexpr Duration kRtt = milliseconds(100);

    SlowdownSchedule schedule_;

    static TimePoint at(int ms) { return TimePoint(milliseconds(ms)); }
    Step time(int ms) { return schedule_.on_time(at(ms), kRtt); }

  public:
    void waits_two_round_trips_after_the_first_slow_start() {
        schedule_.on_slow_start_end(at(1000), kRtt);
        CPPUNIT_ASSERT(time(1199) == Step::kNone);
        CPPUNIT_ASSERT(time(1200) == Step::kSlowDown);
    }
    void holds_for_two_round_trips() {
        schedule_.on_slow_start_end(at(1000), kRtt);
        time(1200);
        CPPUNIT_ASSERT(time(1399) == Step::kNone);
        CPPUNIT_ASSERT(time(1400) == Step::kSpeedUp);
        CPPUNIT_ASSERT(schedule_.phase() == SlowdownSchedule::Phase::kRecovering);
    }
    void rests_nine_times_as_long_as_a_slowdown_took() {
        schedule_.on_slow_start_end(at(1000), kRtt);
        time(1200);
        time(1400);
        schedule_.on_recovered(at(2200));
        CPPUNIT_ASSERT(schedule_.due() == at(2200 + 9 * 1000));
        schedule_.on_recovered(at(3000));  // again is nothing new
        CPPUNIT_ASSERT(schedule_.due() == at(2200 + 9 * 1000));
    }
    void does_nothing_before_slow_start_has_ended() {
        CPPUNIT_ASSERT(time(100'000) == Step::kNone);
        schedule_.on_recovered(at(1));
        CPPUNIT_ASSERT(schedule_.phase() == SlowdownSchedule::Phase::kIdle);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SlowdownScheduleTest);
