#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/virtual_loop.h>

#include <thread>

using namespace gantry;
using namespace std::chrono_literals;
using testing::VirtualClock;
using testing::VirtualLoop;

namespace {

class VirtualClockTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VirtualClockTest);
    CPPUNIT_TEST(stands_still_until_it_is_moved);
    CPPUNIT_TEST(wall_time_follows_and_can_jump);
    CPPUNIT_TEST(run_for_goes_exactly_that_far);
    CPPUNIT_TEST(run_until_stops_at_the_callback_that_reached_it);
    CPPUNIT_TEST(run_until_goes_to_its_limit_when_nothing_is_left);
    CPPUNIT_TEST(loops_of_one_clock_run_in_one_order);
    CPPUNIT_TEST(a_callback_may_drive_the_other_loops);
    CPPUNIT_TEST(a_loop_that_spins_does_not_hold_time);
    CPPUNIT_TEST(waits_for_a_thread_that_works_outside);
    CPPUNIT_TEST_SUITE_END();

    VirtualClock clock_;

    void stands_still_until_it_is_moved() {
        const TimePoint start = clock_.now();
        CPPUNIT_ASSERT(start > TimePoint{});
        clock_.run_ready();
        CPPUNIT_ASSERT(clock_.now() == start);
        clock_.advance(3s);
        CPPUNIT_ASSERT(clock_.now() == start + 3s);
    }
    void wall_time_follows_and_can_jump() {
        const WallTime start = clock_.wall();
        const auto new_year = std::chrono::sys_days(std::chrono::year(2030) / 1 / 1);
        CPPUNIT_ASSERT(start == new_year);
        const TimePoint before = clock_.now();
        clock_.advance(1s);
        clock_.jump_wall(-1h);
        CPPUNIT_ASSERT(clock_.wall() == start + 1s - 1h);
        CPPUNIT_ASSERT(clock_.now() == before + 1s);
    }
    void run_for_goes_exactly_that_far() {
        VirtualLoop loop(clock_);
        int fired = 0;
        const TimePoint start = clock_.now();
        auto at_limit = loop.make_timer([&] { ++fired; });
        auto after = loop.make_timer([&] { ++fired; });
        at_limit->arm(start + 1s);
        after->arm(start + 1s + 1ns);
        clock_.run_for(1s);
        CPPUNIT_ASSERT(clock_.now() == start + 1s);
        CPPUNIT_ASSERT_EQUAL(1, fired);
    }
    void run_until_stops_at_the_callback_that_reached_it() {
        VirtualLoop loop(clock_);
        int ran = 0;
        for (int i = 0; i < 5; ++i) loop.post([&] { ++ran; });
        CPPUNIT_ASSERT(clock_.run_until([&] { return ran == 2; }, 1s));
        CPPUNIT_ASSERT_EQUAL(2, ran);
    }
    void run_until_goes_to_its_limit_when_nothing_is_left() {
        const TimePoint start = clock_.now();
        CPPUNIT_ASSERT(!clock_.run_until([] { return false; }, 5s));
        CPPUNIT_ASSERT(clock_.now() == start + 5s);
    }
    void loops_of_one_clock_run_in_one_order() {
        VirtualLoop a(clock_, "a");
        VirtualLoop b(clock_, "b");
        std::string order;
        const TimePoint start = clock_.now();
        auto late = a.make_timer([&] { order += "A2 "; });
        auto early = b.make_timer([&] { order += "B1 "; });
        late->arm(start + 2s);
        early->arm(start + 1s);
        b.post([&] { order += "b0 "; });
        a.post([&] { order += "a0 "; });
        clock_.run_for(3s);
        CPPUNIT_ASSERT_EQUAL(std::string("b0 a0 B1 A2 "), order);
    }
    void a_callback_may_drive_the_other_loops() {
        VirtualLoop outer(clock_, "outer");
        VirtualLoop inner(clock_, "inner");
        std::string order;
        inner.post([&] { order += "i"; });
        outer.post([&] {
            outer.post([&] { order += "o"; });
            inner.post([&] { order += inner.on_loop_thread() ? "I" : "?"; });
            clock_.run_for(1s);
            order += outer.on_loop_thread() && !inner.on_loop_thread() ? "-" : "?";
        });
        clock_.run_ready();
        CPPUNIT_ASSERT_EQUAL(std::string("iI-o"), order);
    }
    void a_loop_that_spins_does_not_hold_time() {
        VirtualLoop loop(clock_);
        std::function<void()> again = [&] { loop.post([&] { again(); }); };
        again();
        const TimePoint start = clock_.now();
        CPPUNIT_ASSERT(!clock_.run_until([] { return false; }, 1ms));
        CPPUNIT_ASSERT(clock_.now() >= start + 1ms);
    }
    void waits_for_a_thread_that_works_outside() {
        VirtualLoop loop(clock_);
        const TimePoint start = clock_.now();
        bool came = false;
        const VirtualClock::OutsideWork work(clock_, 60s);
        std::thread worker([&] { loop.post([&] { came = true; }); });
        CPPUNIT_ASSERT(clock_.run_until([&] { return came; }, 1s));
        worker.join();
        CPPUNIT_ASSERT(clock_.now() == start);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VirtualClockTest);

}  // namespace
