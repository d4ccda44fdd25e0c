#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

namespace gantry::testing::conformance {

// For ClockSuite. let_pass() returns when `duration` of the clock's time is over.
class ClockHarness {
  public:
    virtual ~ClockHarness() = default;
    virtual const Clock& clock() = 0;
    virtual void let_pass(Duration duration) = 0;
};

// What every Clock tells.
template <class Harness>
class ClockSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClockSuite<Harness>);
    CPPUNIT_TEST(now_never_goes_back);
    CPPUNIT_TEST(now_moves_by_what_passes);
    CPPUNIT_TEST(tells_less_than_a_millisecond_apart);
    CPPUNIT_TEST(wall_time_moves_along);
    CPPUNIT_TEST(wall_time_is_of_this_century);
    CPPUNIT_TEST(several_threads_may_read_it);
    CPPUNIT_TEST_SUITE_END();

    Harness harness_;

    TimePoint now() { return harness_.clock().now(); }

  public:
    void now_never_goes_back() {
        TimePoint last = now();
        for (int i = 0; i < 10'000; ++i) {
            if (i % 1000 == 0) harness_.let_pass(std::chrono::microseconds(10));
            const TimePoint next = now();
            CPPUNIT_ASSERT(next >= last);
            last = next;
        }
    }
    void now_moves_by_what_passes() {
        const TimePoint before = now();
        harness_.let_pass(std::chrono::milliseconds(5));
        const Duration passed = now() - before;
        CPPUNIT_ASSERT(passed >= std::chrono::milliseconds(5));
        CPPUNIT_ASSERT(passed < std::chrono::seconds(20));
    }
    void tells_less_than_a_millisecond_apart() {
        const TimePoint before = now();
        harness_.let_pass(std::chrono::microseconds(50));
        CPPUNIT_ASSERT(now() > before);
    }
    void wall_time_moves_along() {
        const TimePoint before = now();
        const WallTime wall_before = harness_.clock().wall();
        harness_.let_pass(std::chrono::milliseconds(20));
        const Duration passed = now() - before;
        const Duration wall_passed = harness_.clock().wall() - wall_before;
        CPPUNIT_ASSERT(wall_passed > Duration::zero());
        CPPUNIT_ASSERT(std::chrono::abs(wall_passed - passed) < std::chrono::seconds(10));
    }
    void wall_time_is_of_this_century() {
        const auto year = [](int number) {
            return std::chrono::sys_days(std::chrono::year(number) / 1 / 1);
        };
        CPPUNIT_ASSERT(harness_.clock().wall() > year(2020));
        CPPUNIT_ASSERT(harness_.clock().wall() < year(2100));
    }
    void several_threads_may_read_it() {
        std::atomic<int> faults = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                TimePoint last = now();
                for (int i = 0; i < 2000; ++i) {
                    const TimePoint next = now();
                    if (next < last || harness_.clock().wall() == WallTime{}) ++faults;
                    last = next;
                }
            });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, faults.load());
    }
};

}  // namespace gantry::testing::conformance
