#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/path_model.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;

class PathModelTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PathModelTest);
    CPPUNIT_TEST(knows_the_bandwidth_delay_product);
    CPPUNIT_TEST(rides_out_loss_while_the_round_trip_stays_flat);
    CPPUNIT_TEST(yields_to_loss_beside_a_queue);
    CPPUNIT_TEST(does_not_yield_while_it_probes);
    CPPUNIT_TEST(finds_how_much_was_in_flight_when_loss_became_too_much);
    CPPUNIT_TEST(takes_its_bounds_back);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint64_t kRound = 1'000'000;  // bytes in 100 ms: 10 MB/s

    PathModel path_{1000};
    TimePoint now_{std::chrono::seconds(1)};
    std::uint64_t delivered_ = 0;
    std::uint64_t number_ = 0;

    void ack(Duration rtt, BbrState state) {
        for (int i = 0; i < 10; ++i) {
            now_ += milliseconds(10);
            const auto prior = delivered_ < kRound ? 0 : delivered_ - kRound;
            delivered_ += kRound / 10;
            AckSample sample{.now = now_, .bytes = kRound / 10, .rtt_latest = rtt};
            sample.rate = {.delivered = kRound,
                           .interval = milliseconds(100),
                           .rate = BytesPerSecond(10 * kRound),
                           .prior_delivered = prior,
                           .total_delivered = delivered_};
            path_.on_ack(sample, state, false, 2 * kRound, 10);
            path_.update_min_rtt(sample);
            path_.end_ack(sample);
        }
    }
    void lose(int packets) {
        for (int i = 0; i < packets; ++i) {
            LossSample loss{.now = now_, .number = PacketNumber(number_ += 2)};
            loss.packet.size = 1000;
            loss.delivered = delivered_;
            path_.on_lost(loss);
        }
    }
    void rounds(int count, int lost, Duration rtt, BbrState state) {
        for (; count > 0; --count) {
            lose(lost);
            ack(rtt, state);
        }
    }

  public:
    void knows_the_bandwidth_delay_product() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{77}, path_.bdp(2.0, 77));
        rounds(2, 0, milliseconds(100), BbrState::kCruise);
        CPPUNIT_ASSERT_EQUAL(kRound, path_.bdp(1.0, 77));
        CPPUNIT_ASSERT_EQUAL(2 * kRound, path_.bdp(2.0, 77));
    }
    void rides_out_loss_while_the_round_trip_stays_flat() {
        rounds(3, 0, milliseconds(100), BbrState::kCruise);
        rounds(60, 50, milliseconds(100), BbrState::kCruise);
        CPPUNIT_ASSERT_EQUAL(kUnbounded, path_.rate().bound());
        CPPUNIT_ASSERT_EQUAL(kUnbounded, path_.inflight().short_term());
        CPPUNIT_ASSERT_DOUBLES_EQUAL(50.0 / 1050, path_.random_loss().rate(), 0.002);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(10.5 * kRound, static_cast<double>(path_.bandwidth()), 30'000);
    }
    void yields_to_loss_beside_a_queue() {
        rounds(3, 0, milliseconds(100), BbrState::kCruise);
        rounds(3, 5, milliseconds(150), BbrState::kCruise);
        CPPUNIT_ASSERT(path_.queue_stands());
        CPPUNIT_ASSERT(path_.inflight().short_term() <= 2 * kRound * 7 / 10);
    }
    void does_not_yield_while_it_probes() {
        rounds(3, 0, milliseconds(100), BbrState::kCruise);
        rounds(3, 5, milliseconds(150), BbrState::kUp);
        CPPUNIT_ASSERT_EQUAL(kUnbounded, path_.inflight().short_term());
    }
    // 2 % of the 100 000 before a packet are 2000; with 1000 lost before, 1000 / 0.98 more.
    void finds_how_much_was_in_flight_when_loss_became_too_much() {
        LossSample loss;
        loss.packet.size = 5000;
        loss.packet.in_flight = 105'000;
        loss.lost_since_sent = 6000;
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{101'020}, path_.inflight_at_loss(loss));
        CPPUNIT_ASSERT(path_.too_high(6000, 105'000));
        CPPUNIT_ASSERT(!path_.too_high(2000, 105'000));
    }
    void takes_its_bounds_back() {
        rounds(3, 0, milliseconds(100), BbrState::kCruise);
        rounds(2, 5, milliseconds(150), BbrState::kCruise);
        rounds(1, 0, milliseconds(150), BbrState::kCruise);
        CPPUNIT_ASSERT(path_.inflight().short_term() != kUnbounded);
        path_.undo();
        CPPUNIT_ASSERT_EQUAL(kUnbounded, path_.inflight().short_term());
        CPPUNIT_ASSERT_EQUAL(kUnbounded, path_.rate().bound());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PathModelTest);
