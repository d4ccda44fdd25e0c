#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/reno.h>
#include <support/congestion_feed.h>

using namespace gantry;
using namespace gantry::lftp;
using gantry::testing::CongestionFeed;
using std::chrono::milliseconds;

class RenoTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RenoTest);
    CPPUNIT_TEST(doubles_in_a_round_of_slow_start);
    CPPUNIT_TEST(halves_on_loss_and_recovers_for_a_round);
    CPPUNIT_TEST(adds_a_datagram_in_a_round_of_congestion_avoidance);
    CPPUNIT_TEST(shares_an_ack_between_slow_start_and_congestion_avoidance);
    CPPUNIT_TEST(takes_a_spurious_reaction_back);
    CPPUNIT_TEST(starts_again_after_persistent_congestion);
    CPPUNIT_TEST(restarts_from_the_initial_window_after_a_silence);
    CPPUNIT_TEST(paces_above_the_rate_of_its_window);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Duration kRtt = milliseconds(100);

    Reno reno_{CongestionSettings{.datagram = 1200}};
    CongestionFeed feed_{reno_};

  public:
    void doubles_in_a_round_of_slow_start() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'000}, feed_.window());
        CPPUNIT_ASSERT(reno_.state() == "slow_start");
        feed_.round(kRtt);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{24'000}, feed_.window());
        feed_.round(kRtt);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{48'000}, feed_.window());
        CPPUNIT_ASSERT_EQUAL(kUnbounded, reno_.slow_start_threshold().value());
    }
    void halves_on_loss_and_recovers_for_a_round() {
        feed_.rounds(2, kRtt);
        feed_.fill();
        feed_.wait(kRtt);
        feed_.lose(3);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{24'000}, feed_.window());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{24'000}, reno_.slow_start_threshold().value());
        CPPUNIT_ASSERT(reno_.state() == "recovery");
        feed_.ack(20);  // sent before the loss was seen: does not grow
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{24'000}, feed_.window());
        feed_.wait(milliseconds(1));
        feed_.send(1);
        feed_.ack(feed_.flying());
        CPPUNIT_ASSERT(reno_.state() == "congestion_avoidance");
    }
    void adds_a_datagram_in_a_round_of_congestion_avoidance() {
        feed_.rounds(2, kRtt);
        feed_.lose(1);  // nothing flies
        feed_.fill();
        feed_.wait(kRtt);
        feed_.lose(1);
        feed_.ack(feed_.flying());
        feed_.wait(kRtt);
        const auto before = feed_.window();
        feed_.round(kRtt);
        CPPUNIT_ASSERT_EQUAL(before + 1200, feed_.window());
        feed_.round(kRtt);
        CPPUNIT_ASSERT(feed_.window() <= before + 2400);
    }
    void shares_an_ack_between_slow_start_and_congestion_avoidance() {
        feed_.fill();
        feed_.wait(kRtt);
        reno_.on_persistent_congestion(feed_.now());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6000}, reno_.slow_start_threshold().value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, feed_.window());
        feed_.ack(10);  // 3600 to the threshold, the other 8400 are a window of 6000 and more
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7200}, feed_.window());
    }
    void takes_a_spurious_reaction_back() {
        feed_.rounds(2, kRtt);
        feed_.fill();
        feed_.lose(1);
        reno_.on_spurious_loss(feed_.now());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{48'000}, feed_.window());
        CPPUNIT_ASSERT(reno_.state() == "slow_start");
    }
    void starts_again_after_persistent_congestion() {
        feed_.rounds(2, kRtt);
        reno_.on_persistent_congestion(feed_.now());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, feed_.window());
        feed_.round(kRtt);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4800}, feed_.window());
    }
    void restarts_from_the_initial_window_after_a_silence() {
        feed_.rounds(3, kRtt);
        reno_.on_restart(feed_.now());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'000}, feed_.window());
    }
    void paces_above_the_rate_of_its_window() {
        feed_.rounds(2, kRtt);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{960'000},
                             reno_.pacing_rate().value());  // twice 48000/0.1
        feed_.fill();
        feed_.lose(1);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{300'000}, reno_.pacing_rate().value());  // 1.25 times
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RenoTest);
