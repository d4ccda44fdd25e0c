#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/arithmetic.h>
#include <lftp/core/congestion/settings.h>

#include <limits>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;
using std::chrono::seconds;

class ArithmeticTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ArithmeticTest);
    CPPUNIT_TEST(stops_at_the_bounds_instead_of_wrapping);
    CPPUNIT_TEST(multiplies_beyond_64_bits_before_it_divides);
    CPPUNIT_TEST(turns_what_is_no_number_into_nothing);
    CPPUNIT_TEST(counts_bytes_and_time_into_rates_and_back);
    CPPUNIT_TEST(starts_with_the_window_of_the_specification);
    CPPUNIT_TEST(sends_trains_of_a_millisecond_within_bounds);
    CPPUNIT_TEST_SUITE_END();

  public:
    void stops_at_the_bounds_instead_of_wrapping() {
        CPPUNIT_ASSERT_EQUAL(kUnbounded, saturating_add(kUnbounded - 1, 2));
        CPPUNIT_ASSERT_EQUAL(kUnbounded - 1, saturating_add(kUnbounded - 2, 1));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, saturating_sub(1, 2));
        CPPUNIT_ASSERT_EQUAL(kUnbounded, scaled(kUnbounded, 0.5));
    }
    void multiplies_beyond_64_bits_before_it_divides() {
        const std::uint64_t large = std::uint64_t{1} << 62;
        CPPUNIT_ASSERT_EQUAL(large, mul_div(large, large, large));
        CPPUNIT_ASSERT_EQUAL(kUnbounded, mul_div(large, 8, 1));
        CPPUNIT_ASSERT_EQUAL(kUnbounded, mul_div(1, 1, 0));
    }
    void turns_what_is_no_number_into_nothing() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, to_count(std::numeric_limits<double>::quiet_NaN()));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, to_count(-1.0));
        CPPUNIT_ASSERT_EQUAL(kUnbounded, to_count(std::numeric_limits<double>::infinity()));
        CPPUNIT_ASSERT_EQUAL(kUnbounded, to_count(1e30));
    }
    void counts_bytes_and_time_into_rates_and_back() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'500'000}, rate_over(1'250'000, milliseconds(100)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1'250'000}, bytes_in(12'500'000, milliseconds(100)));
        CPPUNIT_ASSERT_EQUAL(kUnbounded, rate_over(1, Duration(0)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, bytes_in(1000, Duration(-5)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{25'000}, pace_of(10'000, seconds(1), 2.5).value());
    }
    // RFC 9002 section 7.2: ten datagrams, but 14720 bytes or two datagrams at most.
    void starts_with_the_window_of_the_specification() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'000}, initial_window(1200));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{14'720}, initial_window(1500));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{18'000}, initial_window(9000));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, minimum_window(1200));
    }
    void sends_trains_of_a_millisecond_within_bounds() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'500},
                             train_at(BytesPerSecond(12'500'000), 1200).value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{65'536},
                             train_at(BytesPerSecond(1'000'000'000), 1200).value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, train_at(BytesPerSecond(1000), 1200).value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ArithmeticTest);
