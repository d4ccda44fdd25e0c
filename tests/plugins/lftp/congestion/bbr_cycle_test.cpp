#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/bbr.h>
#include <support/congestion_feed.h>

#include <vector>

using namespace gantry;
using namespace gantry::lftp;
using gantry::testing::CongestionFeed;
using std::chrono::milliseconds;
using std::chrono::seconds;

class BbrCycleTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BbrCycleTest);
    CPPUNIT_TEST(has_the_gains_of_the_specification);
    CPPUNIT_TEST(goes_from_startup_through_drain_to_the_probing_cycle);
    CPPUNIT_TEST(needs_no_probe_of_the_round_trip_while_the_queue_is_empty);
    CPPUNIT_TEST(empties_the_queue_when_the_round_trip_stays_up);
    CPPUNIT_TEST(ends_a_probe_that_loses_too_much);
    CPPUNIT_TEST(rides_a_probe_through_the_loss_that_the_path_has);
    CPPUNIT_TEST(goes_back_to_startup_when_the_loss_was_none);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint64_t kRate = 6'000'000;
    static constexpr Duration kRtt = milliseconds(50);

    Bbr bbr_{CongestionSettings{.datagram = 1200, .seed = 5}};
    CongestionFeed feed_{bbr_};
    std::vector<BbrState> seen_{BbrState::kStartup};

    void run(Duration time, Duration rtt = kRtt) {
        feed_.run(kRate, rtt, time, [this] {
            if (bbr_.phase() != seen_.back()) seen_.push_back(bbr_.phase());
        });
    }
    bool run_until(BbrState state, Duration limit) {
        for (Duration spent{0}; spent < limit && bbr_.phase() != state; spent += milliseconds(1))
            run(milliseconds(1));
        return bbr_.phase() == state;
    }

  public:
    // draft-ietf-ccwg-bbr section 5.6.1.
    void has_the_gains_of_the_specification() {
        const auto check = [](BbrState state, double pacing, double window) {
            CPPUNIT_ASSERT_DOUBLES_EQUAL(pacing, gains_of(state).pacing, 0);
            CPPUNIT_ASSERT_DOUBLES_EQUAL(window, gains_of(state).window, 0);
        };
        check(BbrState::kStartup, 2.77, 2.0);
        check(BbrState::kDrain, 0.5, 2.0);
        check(BbrState::kDown, 0.9, 2.0);
        check(BbrState::kCruise, 1.0, 2.0);
        check(BbrState::kRefill, 1.0, 2.0);
        check(BbrState::kUp, 1.25, 2.25);
        check(BbrState::kProbeRtt, 1.0, 0.5);
    }
    void goes_from_startup_through_drain_to_the_probing_cycle() {
        run(seconds(6));
        // DOWN is over at once after a drain.
        const std::vector<BbrState> expected{
            BbrState::kStartup, BbrState::kDrain, BbrState::kCruise, BbrState::kRefill,
            BbrState::kUp,      BbrState::kDown,  BbrState::kCruise};
        CPPUNIT_ASSERT(seen_.size() >= expected.size());
        CPPUNIT_ASSERT(std::equal(expected.begin(), expected.end(), seen_.begin()));
    }
    void needs_no_probe_of_the_round_trip_while_the_queue_is_empty() {
        run(seconds(12));
        CPPUNIT_ASSERT(std::ranges::find(seen_, BbrState::kProbeRtt) == seen_.end());
    }
    void empties_the_queue_when_the_round_trip_stays_up() {
        run(seconds(2));
        run(seconds(4), kRtt + milliseconds(5));
        CPPUNIT_ASSERT(std::ranges::find(seen_, BbrState::kProbeRtt) == seen_.end());
        run(milliseconds(1500), kRtt + milliseconds(5));
        CPPUNIT_ASSERT(std::ranges::find(seen_, BbrState::kProbeRtt) != seen_.end());
    }
    void ends_a_probe_that_loses_too_much() {
        CPPUNIT_ASSERT(run_until(BbrState::kUp, seconds(6)));
        run(2 * kRtt);
        CPPUNIT_ASSERT(bbr_.phase() == BbrState::kUp);
        feed_.lose(40);
        CPPUNIT_ASSERT(bbr_.phase() == BbrState::kDown);
        CPPUNIT_ASSERT(bbr_.path().inflight().bounded());
        // Never below what fills the pipe: 6 MB/s * 50 ms.
        CPPUNIT_ASSERT(bbr_.path().inflight().long_term() > kRate / 20 * 95 / 100);
    }
    void rides_a_probe_through_the_loss_that_the_path_has() {
        int step = 0;
        run(seconds(1));
        feed_.run(kRate, kRtt, seconds(8), [&] {
            if (++step % 4 == 0) feed_.lose(1);  // one packet of twenty
            if (bbr_.phase() != seen_.back()) seen_.push_back(bbr_.phase());
        });
        CPPUNIT_ASSERT(std::ranges::find(seen_, BbrState::kUp) != seen_.end());
        CPPUNIT_ASSERT(bbr_.path().random_loss().rate() > 0.03);
        CPPUNIT_ASSERT(bbr_.path().rate().max() > kRate * 9 / 10);
    }
    void goes_back_to_startup_when_the_loss_was_none() {
        run(milliseconds(250));
        CPPUNIT_ASSERT(bbr_.phase() == BbrState::kStartup);
        const std::size_t lost = feed_.flying() / 2;
        for (std::size_t i = 0; i < lost; ++i) {
            feed_.lose(1);
            feed_.ack(1);
        }
        run(4 * kRtt);
        CPPUNIT_ASSERT(bbr_.phase() != BbrState::kStartup);
        bbr_.on_spurious_loss(feed_.now());
        CPPUNIT_ASSERT(bbr_.phase() == BbrState::kStartup);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BbrCycleTest);
