#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/ledbat.h>
#include <support/congestion_feed.h>

using namespace gantry;
using namespace gantry::lftp;
using gantry::testing::CongestionFeed;
using std::chrono::milliseconds;

class LedbatTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LedbatTest);
    CPPUNIT_TEST(grows_by_a_part_of_reno_that_depends_on_the_round_trip);
    CPPUNIT_TEST(leaves_slow_start_at_three_quarters_of_the_target);
    CPPUNIT_TEST(stands_back_after_the_first_slow_start);
    CPPUNIT_TEST(shrinks_in_proportion_above_the_target);
    CPPUNIT_TEST(halves_on_loss);
    CPPUNIT_TEST_SUITE_END();

    Ledbat ledbat_{CongestionSettings{.datagram = 1200}};
    CongestionFeed feed_{ledbat_};

    // Past the first slow start and the slowdown after it, with base 100 ms.
    void settle() {
        feed_.rounds(5, milliseconds(100));
        feed_.round(milliseconds(150));
        while (ledbat_.state() != "slowdown") feed_.round(milliseconds(100));
        for (int i = 0; i < 40 && ledbat_.state() != "delay_avoidance"; ++i)
            feed_.round(milliseconds(100));
    }

  public:
    // GAIN is one part of ceil(2 * 60 ms / base), at most sixteen.
    void grows_by_a_part_of_reno_that_depends_on_the_round_trip() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, Ledbat::gain_divisor(milliseconds(120)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, Ledbat::gain_divisor(milliseconds(100)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12}, Ledbat::gain_divisor(milliseconds(10)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{16}, Ledbat::gain_divisor(milliseconds(1)));
        feed_.round(milliseconds(100));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{18'000}, feed_.window());
    }
    void leaves_slow_start_at_three_quarters_of_the_target() {
        feed_.rounds(5, milliseconds(100));
        feed_.round(milliseconds(145));
        CPPUNIT_ASSERT(ledbat_.state() == "slow_start");
        feed_.round(milliseconds(146));
        CPPUNIT_ASSERT(ledbat_.state() != "slow_start");
        CPPUNIT_ASSERT(ledbat_.slow_start_threshold().value() != kUnbounded);
    }
    void stands_back_after_the_first_slow_start() {
        feed_.rounds(5, milliseconds(100));
        feed_.round(milliseconds(150));
        const auto before = feed_.window();
        for (int i = 0; i < 4 && ledbat_.state() != "slowdown"; ++i) feed_.round(milliseconds(100));
        CPPUNIT_ASSERT(ledbat_.state() == "slowdown");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, feed_.window());
        CPPUNIT_ASSERT(ledbat_.slow_start_threshold().value() >= before);
        feed_.rounds(3, milliseconds(100));
        CPPUNIT_ASSERT(ledbat_.state() == "slow_start");
    }
    // A delay of 1.5 targets takes half of the window in a round, but for the gain.
    void shrinks_in_proportion_above_the_target() {
        settle();
        CPPUNIT_ASSERT(ledbat_.state() == "delay_avoidance");
        feed_.fill();
        const auto before = feed_.window();
        feed_.wait(milliseconds(100 + 75));  // 1.25 targets: a quarter of the window
        feed_.ack(feed_.flying());
        for (int i = 0; i < 3; ++i) feed_.ack(0);
        CPPUNIT_ASSERT(feed_.window() >= before);  // the filter still holds samples of before
        feed_.send(4);
        feed_.wait(milliseconds(175));
        for (int i = 0; i < 4; ++i) feed_.ack(1);
        const auto after = feed_.window();
        CPPUNIT_ASSERT(after < before);
        CPPUNIT_ASSERT(after > before / 2);
    }
    void halves_on_loss() {
        feed_.rounds(3, milliseconds(100));
        const auto before = feed_.window();
        feed_.fill();
        feed_.lose(2);
        CPPUNIT_ASSERT_EQUAL(before / 2, feed_.window());
        ledbat_.on_spurious_loss(feed_.now());
        CPPUNIT_ASSERT_EQUAL(before, feed_.window());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LedbatTest);
