#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/core/random.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace gantry::testing::conformance {

// For RandomSuite.
class RandomHarness {
  public:
    virtual ~RandomHarness() = default;
    virtual Random& random() = 0;
};

// What every Random gives. The statistics allow more than six standard deviations, which true
// chance passes once in 500 million runs.
template <class Harness>
class RandomSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RandomSuite<Harness>);
    CPPUNIT_TEST(fills_every_byte_and_none_beside);
    CPPUNIT_TEST(two_draws_differ);
    CPPUNIT_TEST(half_of_all_bits_are_set);
    CPPUNIT_TEST(every_byte_value_comes_equally_often);
    CPPUNIT_TEST(below_stays_below_its_bound);
    CPPUNIT_TEST(below_takes_every_value_equally_often);
    CPPUNIT_TEST(below_has_no_bias_for_a_bound_that_divides_badly);
    CPPUNIT_TEST(unit_covers_zero_to_one);
    CPPUNIT_TEST_SUITE_END();

    Harness harness_;

    Random& random() { return harness_.random(); }
    std::vector<std::byte> draw(std::size_t size) {
        std::vector<std::byte> bytes(size);
        random().fill(bytes);
        return bytes;
    }
    // Whether a count is within six standard deviations of what chance `p` gives in `draws`.
    static void plausible(double count, double draws, double p) {
        const double deviation = std::sqrt(draws * p * (1 - p));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(draws * p, count, 6.5 * deviation);
    }

  public:
    void fills_every_byte_and_none_beside() {
        constexpr std::byte kUntouched{0x5a};
        for (std::size_t size = 0; size < 70; ++size) {
            std::vector<int> changed(size, 0);
            for (int round = 0; round < 8; ++round) {
                std::vector<std::byte> bytes(size + 2, kUntouched);
                random().fill(std::span(bytes).subspan(1, size));
                CPPUNIT_ASSERT(bytes.front() == kUntouched && bytes.back() == kUntouched);
                for (std::size_t i = 0; i < size; ++i)
                    if (bytes[i + 1] != kUntouched) ++changed[i];
            }
            for (const int count : changed) CPPUNIT_ASSERT(count > 0);
        }
    }
    void two_draws_differ() {
        const auto first = draw(32);
        CPPUNIT_ASSERT(first != draw(32));
        CPPUNIT_ASSERT(random().next() != random().next());
    }
    void half_of_all_bits_are_set() {
        constexpr std::size_t kBytes = 1 << 18;
        std::size_t set = 0;
        for (const std::byte byte : draw(kBytes))
            set += static_cast<std::size_t>(std::popcount(std::to_integer<unsigned>(byte)));
        plausible(static_cast<double>(set), 8.0 * kBytes, 0.5);
    }
    void every_byte_value_comes_equally_often() {
        constexpr std::size_t kBytes = 1 << 18;
        std::array<std::size_t, 256> counts{};
        for (const std::byte byte : draw(kBytes)) ++counts[std::to_integer<std::size_t>(byte)];
        for (const std::size_t count : counts)
            plausible(static_cast<double>(count), kBytes, 1.0 / 256);
    }
    void below_stays_below_its_bound() {
        constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
        for (const std::uint64_t bound : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3},
                                          std::uint64_t{1000}, kMost / 2 + 2, kMost})
            for (int i = 0; i < 200; ++i) CPPUNIT_ASSERT(random().below(bound) < bound);
    }
    void below_takes_every_value_equally_often() {
        constexpr std::size_t kBound = 10, kDraws = 20'000;
        std::array<std::size_t, kBound> counts{};
        for (std::size_t i = 0; i < kDraws; ++i) ++counts[random().below(kBound)];
        for (const std::size_t count : counts)
            plausible(static_cast<double>(count), kDraws, 1.0 / kBound);
    }
    // Three quarters of all 64-bit numbers: a plain remainder would fall into the lower third of
    // them half of the time.
    void below_has_no_bias_for_a_bound_that_divides_badly() {
        constexpr std::uint64_t kQuarter = std::uint64_t{1} << 62;
        constexpr std::size_t kDraws = 3000;
        std::size_t low = 0;
        for (std::size_t i = 0; i < kDraws; ++i)
            if (random().below(3 * kQuarter) < kQuarter) ++low;
        plausible(static_cast<double>(low), kDraws, 1.0 / 3);
    }
    void unit_covers_zero_to_one() {
        constexpr std::size_t kDraws = 10'000;
        std::size_t low = 0;
        double least = 1, most = 0;
        for (std::size_t i = 0; i < kDraws; ++i) {
            const double value = random().unit();
            CPPUNIT_ASSERT(value >= 0 && value < 1);
            least = std::min(least, value);
            most = std::max(most, value);
            if (value < 0.25) ++low;
        }
        CPPUNIT_ASSERT(least < 0.01 && most > 0.99);
        plausible(static_cast<double>(low), kDraws, 0.25);
    }
};

}  // namespace gantry::testing::conformance
