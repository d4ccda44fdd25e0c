#include <gantry/net/pacer.h>

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace gantry;
using namespace std::chrono_literals;

class PacerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PacerTest);
    CPPUNIT_TEST(holds_a_greedy_flow_to_the_rate);
    CPPUNIT_TEST(makes_up_for_a_late_timer);
    CPPUNIT_TEST(a_pause_is_followed_by_no_burst);
    CPPUNIT_TEST(the_slowest_rate_passes_single_bytes);
    CPPUNIT_TEST(the_fastest_rate_holds_nothing_up);
    CPPUNIT_TEST_SUITE_END();

    TimePoint now_{1h};
    // Passes all that may, waking `late` after it may, for `time`; how much that was.
    std::uint64_t run(Pacer& pacer, Duration time, Duration late = {}) {
        std::uint64_t total = 0;
        for (const auto end = now_ + time; now_ < end; now_ = std::max(now_, pacer.next()) + late) {
            const auto bytes = pacer.allowed(now_);
            pacer.passed(bytes, now_);
            total += bytes;
        }
        return total;
    }
    static void near(std::uint64_t expected, std::uint64_t actual) {
        CPPUNIT_ASSERT_DOUBLES_EQUAL(static_cast<double>(expected), static_cast<double>(actual),
                                     static_cast<double>(expected) * 0.02);
    }

  public:
    void holds_a_greedy_flow_to_the_rate() {
        Pacer pacer(BytesPerSecond(1'000'000));
        near(10'000'000, run(pacer, 10s));
    }
    void makes_up_for_a_late_timer() {
        Pacer pacer(BytesPerSecond(1'000'000));
        near(10'000'000, run(pacer, 10s, 20ms));
    }
    void a_pause_is_followed_by_no_burst() {
        Pacer pacer(BytesPerSecond(1'000'000));
        (void)run(pacer, 1s);
        now_ += 1h;
        CPPUNIT_ASSERT(run(pacer, 1s) <= 1'100'000);
    }
    void the_slowest_rate_passes_single_bytes() {
        Pacer pacer(BytesPerSecond(1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pacer.allowed(now_));
        pacer.passed(1, now_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, pacer.allowed(now_ + 900ms));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pacer.allowed(now_ + 950ms));
    }
    void the_fastest_rate_holds_nothing_up() {
        Pacer pacer(BytesPerSecond(~std::uint64_t{0}));
        pacer.passed(1U << 30U, now_);
        CPPUNIT_ASSERT(pacer.allowed(now_ + 1ns) > (1U << 30U));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PacerTest);
