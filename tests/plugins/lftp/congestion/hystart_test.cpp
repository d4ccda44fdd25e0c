#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/hystart.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;

class HyStartTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HyStartTest);
    CPPUNIT_TEST(takes_an_eighth_of_the_round_trip_between_4_and_16_ms);
    CPPUNIT_TEST(grows_by_what_arrived_while_no_delay_rises);
    CPPUNIT_TEST(slows_down_when_a_round_is_longer_by_the_threshold);
    CPPUNIT_TEST(does_not_judge_by_fewer_than_eight_samples);
    CPPUNIT_TEST(goes_back_when_the_delay_falls_again);
    CPPUNIT_TEST(is_done_after_five_rounds);
    CPPUNIT_TEST_SUITE_END();

    using Phase = HyStart::Phase;

    HyStart hystart_;
    std::uint64_t delivered_ = 0;

    // One round of `samples` ACKs of 1000 bytes; tells the growth of the last.
    std::uint64_t round(Duration rtt, int samples = 8) {
        const auto prior = delivered_;
        std::uint64_t growth = 0;
        for (int i = 0; i < samples; ++i) {
            delivered_ += 1000;
            AckSample ack{.bytes = 1000, .rtt_latest = rtt};
            ack.rate.prior_delivered = prior;
            ack.rate.total_delivered = delivered_;
            growth = hystart_.on_ack(ack);
        }
        return growth;
    }

  public:
    void takes_an_eighth_of_the_round_trip_between_4_and_16_ms() {
        CPPUNIT_ASSERT(HyStart::threshold(milliseconds(10)) == milliseconds(4));
        CPPUNIT_ASSERT(HyStart::threshold(milliseconds(80)) == milliseconds(10));
        CPPUNIT_ASSERT(HyStart::threshold(milliseconds(300)) == milliseconds(16));
    }
    void grows_by_what_arrived_while_no_delay_rises() {
        for (int i = 0; i < 10; ++i)
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, round(milliseconds(80)));
        CPPUNIT_ASSERT(hystart_.phase() == Phase::kSlowStart);
        round(std::chrono::microseconds(89'999));  // one below 80 ms and an eighth
        CPPUNIT_ASSERT(hystart_.phase() == Phase::kSlowStart);
    }
    void slows_down_when_a_round_is_longer_by_the_threshold() {
        round(milliseconds(80));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{250}, round(milliseconds(90)));
        CPPUNIT_ASSERT(hystart_.phase() == Phase::kConservative);
    }
    void does_not_judge_by_fewer_than_eight_samples() {
        round(milliseconds(80));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, round(milliseconds(200), 7));
        CPPUNIT_ASSERT(hystart_.phase() == Phase::kSlowStart);
    }
    void goes_back_when_the_delay_falls_again() {
        round(milliseconds(80));
        round(milliseconds(90));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, round(milliseconds(89)));
        CPPUNIT_ASSERT(hystart_.phase() == Phase::kSlowStart);
    }
    void is_done_after_five_rounds() {
        round(milliseconds(80));
        for (int i = 0; i < 5; ++i) {
            round(milliseconds(90));
            CPPUNIT_ASSERT(hystart_.phase() == Phase::kConservative);
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, round(milliseconds(90)));
        CPPUNIT_ASSERT(hystart_.phase() == Phase::kDone);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HyStartTest);
