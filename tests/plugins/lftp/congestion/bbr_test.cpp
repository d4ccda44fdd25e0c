#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/bbr.h>
#include <support/congestion_feed.h>

using namespace gantry;
using namespace gantry::lftp;
using gantry::testing::CongestionFeed;
using std::chrono::milliseconds;
using std::chrono::seconds;

class BbrTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BbrTest);
    CPPUNIT_TEST(paces_the_initial_window_by_the_first_round_trip);
    CPPUNIT_TEST(starts_faster_until_a_queue_stands);
    CPPUNIT_TEST(finds_the_rate_and_the_round_trip_of_the_path);
    CPPUNIT_TEST(sends_one_hundredth_below_the_rate_when_it_cruises);
    CPPUNIT_TEST(holds_no_queue_when_it_cruises);
    CPPUNIT_TEST(keeps_sending_after_persistent_congestion);
    CPPUNIT_TEST(takes_marks_in_a_probe_for_too_much);
    CPPUNIT_TEST(paces_at_the_rate_after_a_silence);
    CPPUNIT_TEST(does_not_take_the_pace_of_the_application_for_the_rate);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint64_t kRate = 6'000'000;
    static constexpr Duration kRtt = milliseconds(50);

    Bbr bbr_{CongestionSettings{.datagram = 1200, .seed = 5}};
    CongestionFeed feed_{bbr_};

    void run(Duration time) { feed_.run(kRate, kRtt, time); }

  public:
    // 2.77 * 12000 bytes in 50 ms.
    void paces_the_initial_window_by_the_first_round_trip() {
        feed_.send(1);
        feed_.wait(kRtt);
        feed_.ack(1);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{664'800}, bbr_.pacing_rate().value());
    }
    void starts_faster_until_a_queue_stands() {
        CPPUNIT_ASSERT(bbr_.state() == "rapid_startup");
        for (int i = 0; i < 1000 && !bbr_.path().queue_stands(); ++i) run(milliseconds(1));
        CPPUNIT_ASSERT(bbr_.phase() == BbrState::kStartup && bbr_.state() == "startup");
    }
    void finds_the_rate_and_the_round_trip_of_the_path() {
        run(seconds(2));
        CPPUNIT_ASSERT_DOUBLES_EQUAL(double{kRate}, static_cast<double>(bbr_.path().rate().max()),
                                     double{kRate} * 0.02);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(double{kRate} / 20,
                                     static_cast<double>(bbr_.path().bdp(1.0, 0)),
                                     double{kRate} / 20 * 0.05);
    }
    void sends_one_hundredth_below_the_rate_when_it_cruises() {
        run(seconds(2));
        CPPUNIT_ASSERT(bbr_.state() == "probe_bw_cruise");
        CPPUNIT_ASSERT_EQUAL(scaled(bbr_.path().bandwidth(), 0.99), bbr_.pacing_rate().value());
    }
    void holds_no_queue_when_it_cruises() {
        run(seconds(2));
        CPPUNIT_ASSERT(feed_.in_flight() < kRate / 20 * 11 / 10);
        CPPUNIT_ASSERT(!bbr_.path().queue_stands());
    }
    void keeps_sending_after_persistent_congestion() {
        run(seconds(2));
        const auto before = feed_.window();
        feed_.lose(feed_.flying());
        bbr_.on_persistent_congestion(feed_.now());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4800}, feed_.window());
        run(4 * kRtt);
        CPPUNIT_ASSERT(feed_.window() > before / 2);
    }
    void takes_marks_in_a_probe_for_too_much() {
        run(seconds(1));
        for (int i = 0; i < 6000 && bbr_.phase() != BbrState::kUp; ++i) run(milliseconds(1));
        CPPUNIT_ASSERT(bbr_.phase() == BbrState::kUp);
        feed_.mark();
        CPPUNIT_ASSERT(bbr_.phase() == BbrState::kDown);
        CPPUNIT_ASSERT(bbr_.path().inflight().bounded());
    }
    void paces_at_the_rate_after_a_silence() {
        run(seconds(2));
        feed_.ack(feed_.flying());
        feed_.wait(seconds(1));
        bbr_.on_restart(feed_.now());
        CPPUNIT_ASSERT_EQUAL(scaled(bbr_.path().bandwidth(), 0.99), bbr_.pacing_rate().value());
    }
    void does_not_take_the_pace_of_the_application_for_the_rate() {
        run(seconds(2));
        const auto rate = bbr_.path().rate().max();
        feed_.lack_data(true);
        feed_.ack(feed_.flying());
        for (int i = 0; i < 200; ++i) {
            feed_.send(1);
            feed_.wait(kRtt);
            feed_.ack(1);
        }
        CPPUNIT_ASSERT(bbr_.path().rate().max() >= rate * 9 / 10);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BbrTest);
