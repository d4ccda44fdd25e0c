#include <cppunit/extensions/HelperMacros.h>
#include <host/runtime/rate_estimator.h>

using namespace gantry;
using host::RateEstimator;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

class RateEstimatorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RateEstimatorTest);
    CPPUNIT_TEST(a_steady_count_has_its_rate);
    CPPUNIT_TEST(a_change_of_rate_shows_within_the_window);
    CPPUNIT_TEST(a_stall_brings_the_rate_to_nothing);
    CPPUNIT_TEST(is_zero_at_the_very_start_and_when_the_count_goes_back);
    CPPUNIT_TEST(samples_closer_than_the_spacing_cost_no_memory_of_older_ones);
    CPPUNIT_TEST(time_left_is_unknown_without_a_rate_or_when_absurd);
    CPPUNIT_TEST_SUITE_END();

    TimePoint now_{seconds(100)};
    RateEstimator rate_{now_};
    std::uint64_t done_ = 0;

    void grow(Duration lasting, Duration step, std::uint64_t bytes_per_step) {
        for (Duration t{}; t < lasting; t += step) {
            now_ += step;
            rate_.sample(now_, done_ += bytes_per_step);
        }
    }
    std::uint64_t rate() const { return rate_.rate(now_, done_).value(); }

    void a_steady_count_has_its_rate() {
        grow(seconds(10), milliseconds(200), 1000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, rate());
    }
    void a_change_of_rate_shows_within_the_window() {
        grow(seconds(10), milliseconds(100), 1000);
        grow(seconds(2), milliseconds(100), 3000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{20000}, rate());  // half of the window at each rate
        grow(seconds(2), milliseconds(100), 3000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{30000}, rate());
    }
    void a_stall_brings_the_rate_to_nothing() {
        grow(seconds(10), milliseconds(100), 1000);
        now_ += seconds(2);
        CPPUNIT_ASSERT(rate() < 6000);
        now_ += seconds(3);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, rate());
    }
    void is_zero_at_the_very_start_and_when_the_count_goes_back() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, rate());
        grow(seconds(1), milliseconds(100), 1000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, rate_.rate(now_, 0).value());
    }
    void samples_closer_than_the_spacing_cost_no_memory_of_older_ones() {
        grow(seconds(8), std::chrono::microseconds(500), 10);
        const auto measured = static_cast<double>(rate());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(20000.0, measured, 1.0);
    }
    void time_left_is_unknown_without_a_rate_or_when_absurd() {
        using host::time_left;
        CPPUNIT_ASSERT(!time_left(ByteCount(1), BytesPerSecond(0)));
        CPPUNIT_ASSERT(!time_left(ByteCount(UINT64_MAX), BytesPerSecond(1)));
        CPPUNIT_ASSERT(*time_left(ByteCount(100), BytesPerSecond(50)) == seconds(2));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RateEstimatorTest);

}  // namespace
