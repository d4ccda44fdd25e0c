#include <gantry/core/units.h>

#include <cppunit/extensions/HelperMacros.h>

#include <limits>

namespace gantry {
namespace {

using namespace std::chrono_literals;

class FormatUnitsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FormatUnitsTest);
    CPPUNIT_TEST(bytes_are_whole_below_one_kibibyte);
    CPPUNIT_TEST(sizes_have_three_digits);
    CPPUNIT_TEST(rounding_moves_on_to_the_next_form);
    CPPUNIT_TEST(the_largest_size_fits);
    CPPUNIT_TEST(rates_say_per_second);
    CPPUNIT_TEST(short_durations_have_three_digits);
    CPPUNIT_TEST(long_durations_have_two_units);
    CPPUNIT_TEST(negative_durations_have_a_sign);
    CPPUNIT_TEST_SUITE_END();

    static std::string size(std::uint64_t bytes) { return format_size(ByteCount(bytes)); }
    static void equal(const char* expected, const std::string& actual) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), actual);
    }

  public:
    void bytes_are_whole_below_one_kibibyte() {
        equal("0 B", size(0));
        equal("1023 B", size(1023));
    }
    void sizes_have_three_digits() {
        equal("1.00 KiB", size(1024));
        equal("1.50 GiB", size(3ULL << 29));
        equal("12.3 MiB", size(12'897'485));
        equal("100 KiB", size(102'400));
    }
    void rounding_moves_on_to_the_next_form() {
        equal("10.0 KiB", size(10'239));         // 9.999
        equal("100 KiB", size(102'399));         // 99.999
        equal("1.00 MiB", size((1 << 20) - 1));  // 1023.999 KiB
        equal("1023 KiB", size(1023 * 1024));
    }
    void the_largest_size_fits() {
        equal("16.0 EiB", size(std::numeric_limits<std::uint64_t>::max()));
    }
    void rates_say_per_second() { equal("12.3 MiB/s", format_rate(BytesPerSecond(12'897'485))); }
    void short_durations_have_three_digits() {
        equal("0s", format_duration(0s));
        equal("7ns", format_duration(7ns));
        equal("1.50us", format_duration(1500ns));
        equal("250ms", format_duration(250ms));
        equal("1.00s", format_duration(999'600us));
        equal("12.3s", format_duration(12'345ms));
    }
    void long_durations_have_two_units() {
        equal("1m 00s", format_duration(59'990ms));
        equal("1m 05s", format_duration(65s));
        equal("2h 05m", format_duration(2h + 5min + 59s));
        equal("3d 04h", format_duration(76h));
    }
    void negative_durations_have_a_sign() {
        equal("-1m 05s", format_duration(-65s));
        equal("-106751d 23h", format_duration(Duration::min()));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FormatUnitsTest);

}  // namespace
}  // namespace gantry
