#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/cubic.h>
#include <support/congestion_feed.h>

using namespace gantry;
using namespace gantry::lftp;
using gantry::testing::CongestionFeed;
using std::chrono::milliseconds;

class CubicTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CubicTest);
    CPPUNIT_TEST(falls_to_seven_tenths_on_loss);
    CPPUNIT_TEST(leaves_slow_start_when_the_delay_rises);
    CPPUNIT_TEST(follows_the_curve_after_a_loss);
    CPPUNIT_TEST(takes_a_spurious_reaction_back_with_its_curve);
    CPPUNIT_TEST(does_not_undo_what_has_grown_beyond_it);
    CPPUNIT_TEST(doubles_up_to_the_threshold_after_persistent_congestion);
    CPPUNIT_TEST(names_what_it_does);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Duration kRtt = milliseconds(100);

    Cubic cubic_{CongestionSettings{.datagram = 1200}};
    CongestionFeed feed_{cubic_};

    void answer_the_rest() {
        feed_.ack(feed_.flying());
        feed_.wait(milliseconds(1));
    }
    void lose_one_of_a_window() {
        feed_.fill();
        feed_.wait(kRtt);
        feed_.lose(1);
    }

  public:
    void falls_to_seven_tenths_on_loss() {
        feed_.rounds(3, kRtt);
        const auto before = feed_.window();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{96'000}, before);
        lose_one_of_a_window();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{67'200}, feed_.window());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{67'200}, cubic_.slow_start_threshold().value());
        feed_.lose(5);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{67'200}, feed_.window());
    }
    void leaves_slow_start_when_the_delay_rises() {
        feed_.rounds(4, kRtt);
        for (int i = 0; i < 8; ++i) feed_.round(kRtt + milliseconds(13));
        CPPUNIT_ASSERT(cubic_.slow_start_threshold().value() != kUnbounded);
        CPPUNIT_ASSERT(cubic_.state() == "congestion_avoidance" ||
                       cubic_.state() == "reno_friendly");
    }
    // From 80 datagrams: K = cbrt(80 * 0.3 / 0.4) = 3.915 s; the window is back there after 39
    // rounds.
    void follows_the_curve_after_a_loss() {
        feed_.rounds(3, kRtt);
        lose_one_of_a_window();
        answer_the_rest();
        feed_.round(kRtt);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(3.915, cubic_.curve().k(), 0.001);
        feed_.rounds(37, kRtt);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(80.0, static_cast<double>(feed_.window()) / 1200, 2.0);
        feed_.rounds(20, kRtt);
        CPPUNIT_ASSERT(feed_.window() > 82 * 1200);
    }
    void takes_a_spurious_reaction_back_with_its_curve() {
        feed_.rounds(3, kRtt);
        lose_one_of_a_window();
        answer_the_rest();
        feed_.rounds(3, kRtt);
        const auto before = feed_.window();
        const double k = cubic_.curve().k();
        lose_one_of_a_window();
        cubic_.on_spurious_loss(feed_.now());
        CPPUNIT_ASSERT_EQUAL(before, feed_.window());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(k, cubic_.curve().k(), 0);
        CPPUNIT_ASSERT(cubic_.curve().has_epoch());
    }
    void does_not_undo_what_has_grown_beyond_it() {
        feed_.rounds(3, kRtt);
        lose_one_of_a_window();
        answer_the_rest();
        feed_.rounds(70, kRtt);
        const auto grown = feed_.window();
        CPPUNIT_ASSERT(grown > 96'000);
        cubic_.on_spurious_loss(feed_.now());
        CPPUNIT_ASSERT_EQUAL(grown, feed_.window());
    }
    void doubles_up_to_the_threshold_after_persistent_congestion() {
        feed_.rounds(3, kRtt);
        cubic_.on_persistent_congestion(feed_.now());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, feed_.window());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{67'200}, cubic_.slow_start_threshold().value());
        feed_.rounds(4, kRtt);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{38'400}, feed_.window());
        feed_.rounds(1, kRtt);
        CPPUNIT_ASSERT(feed_.window() >= 67'200 && feed_.window() < 70'000);
    }
    void names_what_it_does() {
        CPPUNIT_ASSERT(cubic_.name() == "cubic" && cubic_.state() == "slow_start");
        feed_.rounds(3, kRtt);
        lose_one_of_a_window();
        CPPUNIT_ASSERT(cubic_.state() == "recovery");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CubicTest);
