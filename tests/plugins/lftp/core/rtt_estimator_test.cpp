#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/rtt_estimator.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;

class RttEstimatorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RttEstimatorTest);
    CPPUNIT_TEST(assumes_a_third_of_a_second_before_the_first_sample);
    CPPUNIT_TEST(takes_the_first_sample_as_it_is);
    CPPUNIT_TEST(smooths_by_an_eighth_and_the_variation_by_a_quarter);
    CPPUNIT_TEST(leaves_out_the_delay_that_the_peer_tells);
    CPPUNIT_TEST(does_not_fall_below_the_minimum_for_a_delay_that_cannot_be);
    CPPUNIT_TEST(takes_a_new_minimum_when_the_old_one_is_stale);
    CPPUNIT_TEST(never_probes_sooner_than_a_granule_after_the_round_trip);
    CPPUNIT_TEST_SUITE_END();

    RttEstimator rtt_;

  public:
    void assumes_a_third_of_a_second_before_the_first_sample() {
        CPPUNIT_ASSERT(!rtt_.has_sample());
        CPPUNIT_ASSERT(rtt_.smoothed() == milliseconds(333));
        CPPUNIT_ASSERT(rtt_.probe_timeout() == milliseconds(999));
    }
    void takes_the_first_sample_as_it_is() {
        rtt_.add_sample(milliseconds(80), milliseconds(30));
        CPPUNIT_ASSERT(rtt_.has_sample());
        CPPUNIT_ASSERT(rtt_.smoothed() == milliseconds(80) && rtt_.minimum() == milliseconds(80));
        CPPUNIT_ASSERT(rtt_.variation() == milliseconds(40));
    }
    void smooths_by_an_eighth_and_the_variation_by_a_quarter() {
        rtt_.add_sample(milliseconds(80), {});
        rtt_.add_sample(milliseconds(160), {});
        CPPUNIT_ASSERT(rtt_.smoothed() == milliseconds(90));
        CPPUNIT_ASSERT(rtt_.variation() == milliseconds(50));
        CPPUNIT_ASSERT(rtt_.latest() == milliseconds(160));
        CPPUNIT_ASSERT(rtt_.minimum() == milliseconds(80));
    }
    void leaves_out_the_delay_that_the_peer_tells() {
        rtt_.add_sample(milliseconds(80), {});
        rtt_.add_sample(milliseconds(100), milliseconds(20));
        CPPUNIT_ASSERT(rtt_.smoothed() == milliseconds(80));
    }
    void does_not_fall_below_the_minimum_for_a_delay_that_cannot_be() {
        rtt_.add_sample(milliseconds(80), {});
        rtt_.add_sample(milliseconds(88), milliseconds(50));
        CPPUNIT_ASSERT(rtt_.smoothed() == milliseconds(81));
    }
    void takes_a_new_minimum_when_the_old_one_is_stale() {
        rtt_.add_sample(milliseconds(10), {});
        rtt_.forget_minimum();
        rtt_.add_sample(milliseconds(50), {});
        CPPUNIT_ASSERT(rtt_.minimum() == milliseconds(50));
        rtt_.add_sample(milliseconds(70), {});
        CPPUNIT_ASSERT(rtt_.minimum() == milliseconds(50));
    }
    void never_probes_sooner_than_a_granule_after_the_round_trip() {
        for (int i = 0; i < 200; ++i) rtt_.add_sample(std::chrono::microseconds(100), {});
        CPPUNIT_ASSERT(rtt_.probe_timeout() - rtt_.smoothed() == RttEstimator::kGranularity);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RttEstimatorTest);
