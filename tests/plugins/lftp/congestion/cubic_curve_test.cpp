#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/cubic_curve.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;
using std::chrono::seconds;

class CubicCurveTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CubicCurveTest);
    CPPUNIT_TEST(is_back_at_its_maximum_after_k_seconds);
    CPPUNIT_TEST(is_concave_before_and_convex_after_the_plateau);
    CPPUNIT_TEST(leaves_room_when_it_did_not_reach_its_last_maximum);
    CPPUNIT_TEST(begins_at_the_plateau_when_slow_start_ended_without_loss);
    CPPUNIT_TEST(aims_for_the_window_of_a_round_trip_ahead);
    CPPUNIT_TEST(grows_by_half_at_most_in_a_round);
    CPPUNIT_TEST(follows_reno_where_that_is_faster);
    CPPUNIT_TEST(does_not_count_time_without_data);
    CPPUNIT_TEST(forgets_its_maximum_at_a_timeout);
    CPPUNIT_TEST_SUITE_END();

    CubicCurve curve_;

    static TimePoint at(Duration d) { return TimePoint(d); }
    // Congestion at 1000 datagrams; the epoch begins with 700 at 0.
    void fall_from_1000() {
        curve_.on_congestion(1000);
        curve_.begin_epoch(at({}), 700);
    }

  public:
    // K = cbrt(1000 * 0.3 / 0.4) = cbrt(750) = 9.0856 s (RFC 9438 section 4.2).
    void is_back_at_its_maximum_after_k_seconds() {
        fall_from_1000();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(9.0856, curve_.k(), 1e-4);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(700.0, curve_.at(0), 1e-9);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1000.0, curve_.at(curve_.k()), 1e-9);
    }
    // W(5) = 0.4 * (5 - 9.0856)^3 + 1000 = 972.72; W(12) = 0.4 * 2.9144^3 + 1000 = 1009.90.
    void is_concave_before_and_convex_after_the_plateau() {
        fall_from_1000();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(972.72, curve_.at(5), 0.01);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1009.90, curve_.at(12), 0.01);
    }
    // Section 4.7: W_max = 800 * 1.7 / 2 = 680.
    void leaves_room_when_it_did_not_reach_its_last_maximum() {
        curve_.on_congestion(1000);
        curve_.on_congestion(800);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(680.0, curve_.maximum(), 1e-9);
        curve_.on_congestion(900);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(900.0, curve_.maximum(), 1e-9);
    }
    void begins_at_the_plateau_when_slow_start_ended_without_loss() {
        curve_.begin_epoch(at({}), 500);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.0, curve_.k(), 0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(500.0, curve_.at(0), 0);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(503.2, curve_.at(2), 1e-9);
    }
    // At t = 4.9 s with a round trip of 100 ms the target is W(5) = 972.72.
    void aims_for_the_window_of_a_round_trip_ahead() {
        fall_from_1000();
        const double grown = curve_.grown(900, 90, at(milliseconds(4900)), milliseconds(100));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(900 + (972.72 - 900) / 10, grown, 0.01);
        CPPUNIT_ASSERT(!curve_.reno_friendly());
    }
    void grows_by_half_at_most_in_a_round() {
        fall_from_1000();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1050.0, curve_.grown(700, 700, at(seconds(60)), seconds(1)),
                                     1e-6);
    }
    // Section 4.3: with small windows W_est = W + 9/17 a round is above the curve, and from the old
    // maximum on it grows by 1.
    void follows_reno_where_that_is_faster() {
        curve_.on_congestion(10);
        curve_.begin_epoch(at({}), 7);
        double window = 7;
        for (int round = 1; round <= 4; ++round)
            window = curve_.grown(window, window, at(milliseconds(10 * round)), milliseconds(10));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(7 + 4 * CubicCurve::kAlpha, window, 1e-9);
        CPPUNIT_ASSERT(curve_.reno_friendly());
        for (int round = 5; round <= 8; ++round)
            window = curve_.grown(window, window, at(milliseconds(10 * round)), milliseconds(10));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(7 + 6 * CubicCurve::kAlpha + 2, window, 1e-9);
    }
    void does_not_count_time_without_data() {
        fall_from_1000();
        CubicCurve idle = curve_;
        idle.skip(seconds(7));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(curve_.grown(800, 80, at(seconds(3)), milliseconds(50)),
                                     idle.grown(800, 80, at(seconds(10)), milliseconds(50)), 1e-9);
    }
    void forgets_its_maximum_at_a_timeout() {
        fall_from_1000();
        curve_.on_timeout();
        CPPUNIT_ASSERT(!curve_.has_epoch());
        curve_.begin_epoch(at(seconds(1)), 100);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(100.0, curve_.maximum(), 0);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CubicCurveTest);
