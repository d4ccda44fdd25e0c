#include <gantry/core/random.h>

#include <cppunit/extensions/HelperMacros.h>

#include <cstring>
#include <limits>
#include <vector>

namespace gantry {
namespace {

constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();

// Gives the numbers it was told, in their order.
class Scripted : public Random {
  public:
    explicit Scripted(std::vector<std::uint64_t> numbers) : numbers_(std::move(numbers)) {}
    void fill(ByteSpan out) noexcept override {
        std::memcpy(out.data(), &numbers_.at(used_++), out.size());
    }
    std::size_t used() const { return used_; }

  private:
    std::vector<std::uint64_t> numbers_;
    std::size_t used_ = 0;
};

class RandomTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RandomTest);
    CPPUNIT_TEST(next_is_eight_filled_bytes);
    CPPUNIT_TEST(below_stays_under_its_bound);
    CPPUNIT_TEST(below_draws_again_where_the_remainder_would_be_biased);
    CPPUNIT_TEST(below_draws_once_for_powers_of_two);
    CPPUNIT_TEST(unit_starts_at_zero_and_stays_under_one);
    CPPUNIT_TEST_SUITE_END();

  public:
    void next_is_eight_filled_bytes() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0x0123456789abcdef},
                             Scripted({0x0123456789abcdef}).next());
    }
    void below_stays_under_its_bound() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, Scripted({77}).below(1));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, Scripted({77}).below(10));
        CPPUNIT_ASSERT_EQUAL(kMax - 1, Scripted({kMax, kMax - 1}).below(kMax));
    }
    void below_draws_again_where_the_remainder_would_be_biased() {
        // 2^64 is 3 * 6148914691236517205 + 1, so the very last value has no whole group.
        Scripted random({kMax, 4});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, random.below(3));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, random.used());
    }
    void below_draws_once_for_powers_of_two() {
        Scripted random({kMax});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1023}, random.below(1024));
    }
    void unit_starts_at_zero_and_stays_under_one() {
        CPPUNIT_ASSERT_EQUAL(0.0, Scripted({0}).unit());
        CPPUNIT_ASSERT_EQUAL(0.5, Scripted({1ULL << 63}).unit());
        CPPUNIT_ASSERT(Scripted({kMax}).unit() < 1.0);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RandomTest);

}  // namespace
}  // namespace gantry
