#include <gantry/core/units.h>

#include <cppunit/extensions/HelperMacros.h>

#include <limits>

namespace gantry {
namespace {

using namespace std::chrono_literals;

class ParseUnitsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ParseUnitsTest);
    CPPUNIT_TEST(reads_binary_and_decimal_sizes);
    CPPUNIT_TEST(takes_units_in_any_case);
    CPPUNIT_TEST(reads_fractions_exactly);
    CPPUNIT_TEST(refuses_what_is_no_size);
    CPPUNIT_TEST(refuses_a_size_that_does_not_fit_64_bits);
    CPPUNIT_TEST(reads_the_largest_size);
    CPPUNIT_TEST(reads_rates_with_and_without_per_second);
    CPPUNIT_TEST(reads_durations);
    CPPUNIT_TEST(refuses_what_is_no_duration);
    CPPUNIT_TEST(names_the_text_at_fault);
    CPPUNIT_TEST_SUITE_END();

    static std::uint64_t size(std::string_view text) { return parse_size(text)->value(); }
    static bool bad_size(std::string_view text) {
        const auto parsed = parse_size(text);
        return !parsed && parsed.error().code == ErrorCode::usage;
    }

  public:
    void reads_binary_and_decimal_sizes() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4096}, size("4096"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4096}, size("4096B"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{512 * 1024}, size("512KiB"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{512'000}, size("512kB"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2} << 30, size("2G"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3} << 40, size("3TiB"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3'000'000'000'000}, size("3TB"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, size("0"));
    }
    void takes_units_in_any_case() {
        CPPUNIT_ASSERT_EQUAL(size("1MiB"), size("1mib"));
        CPPUNIT_ASSERT_EQUAL(size("1MiB"), size("1MIB"));
        CPPUNIT_ASSERT_EQUAL(size("1M"), size("1m"));
    }
    void reads_fractions_exactly() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1'500'000}, size("1.5MB"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1536}, size("1.5K"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1'000'001}, size("1.000001MB"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1'999'999'000'000}, size("1.999999TB"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1'099'510'528'264}, size("0.999999T"));
    }
    void refuses_what_is_no_size() {
        for (const auto* text : {"", "K", "-1", "+1", "1 K", "1.K", ".5K", "1.5", "1X", "1KiBs",
                                 "0x10", "1.2.3K", "1e3", "1.0000001M", "\xff"})
            CPPUNIT_ASSERT_MESSAGE(text, bad_size(text));
    }
    void refuses_a_size_that_does_not_fit_64_bits() {
        CPPUNIT_ASSERT(bad_size("18446744073709551616"));
        CPPUNIT_ASSERT(bad_size("16777216T"));
        CPPUNIT_ASSERT(bad_size("18446744073709551615.5K"));
    }
    void reads_the_largest_size() {
        CPPUNIT_ASSERT_EQUAL(std::numeric_limits<std::uint64_t>::max(),
                             size("18446744073709551615"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{16777215} << 40, size("16777215T"));
    }
    void reads_rates_with_and_without_per_second() {
        CPPUNIT_ASSERT(*parse_rate("10MB/s") == BytesPerSecond(10'000'000));
        CPPUNIT_ASSERT(*parse_rate("10MB") == BytesPerSecond(10'000'000));
        CPPUNIT_ASSERT(!parse_rate("/s"));
        CPPUNIT_ASSERT(!parse_rate("10MB/m"));
    }
    void reads_durations() {
        CPPUNIT_ASSERT(*parse_duration("10s") == 10s);
        CPPUNIT_ASSERT(*parse_duration("10") == 10s);
        CPPUNIT_ASSERT(*parse_duration("250ms") == 250ms);
        CPPUNIT_ASSERT(*parse_duration("1.5h") == 90min);
        CPPUNIT_ASSERT(*parse_duration("30m") == 30min);
        CPPUNIT_ASSERT(*parse_duration("2d") == 48h);
        CPPUNIT_ASSERT(*parse_duration("7us") == 7us);
        CPPUNIT_ASSERT(*parse_duration("0") == 0s);
    }
    void refuses_what_is_no_duration() {
        for (const auto* text : {"", "s", "-1s", "1.5ns", "10 s", "10x", "106752d"})
            CPPUNIT_ASSERT_MESSAGE(text, !parse_duration(text));
    }
    void names_the_text_at_fault() {
        CPPUNIT_ASSERT_EQUAL(std::string("'12Q' is not a size such as 4096, 512KiB or 1.5MB"),
                             parse_size("12Q").error().message);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ParseUnitsTest);

}  // namespace
}  // namespace gantry
