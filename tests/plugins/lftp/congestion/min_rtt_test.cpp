#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/min_rtt.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;

class MinRttTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MinRttTest);
    CPPUNIT_TEST(keeps_the_least_for_ten_seconds);
    CPPUNIT_TEST(wants_a_look_after_five_seconds_above_the_least);
    CPPUNIT_TEST(needs_no_look_while_samples_are_as_low);
    CPPUNIT_TEST(waits_another_five_seconds_after_a_look);
    CPPUNIT_TEST(takes_no_sample_for_none);
    CPPUNIT_TEST_SUITE_END();

    MinRtt rtt_;

    void add(int at_ms, int sample_ms) {
        rtt_.on_ack(TimePoint(milliseconds(at_ms)), milliseconds(sample_ms));
    }

  public:
    void keeps_the_least_for_ten_seconds() {
        add(0, 100);
        add(9000, 140);
        CPPUNIT_ASSERT(rtt_.value() == milliseconds(100));
        add(10'001, 150);
        CPPUNIT_ASSERT(rtt_.value() == milliseconds(140));
    }
    void wants_a_look_after_five_seconds_above_the_least() {
        add(0, 100);
        add(5000, 120);
        CPPUNIT_ASSERT(!rtt_.expired());
        add(5001, 120);
        CPPUNIT_ASSERT(rtt_.expired());
    }
    // Within one part of 64.
    void needs_no_look_while_samples_are_as_low() {
        add(0, 128);
        add(4000, 130);
        add(8000, 140);
        CPPUNIT_ASSERT(!rtt_.expired());
        CPPUNIT_ASSERT(rtt_.value() == milliseconds(128));
        add(9001, 140);
        CPPUNIT_ASSERT(rtt_.expired());
    }
    void waits_another_five_seconds_after_a_look() {
        add(0, 100);
        add(6000, 120);
        rtt_.probed(TimePoint(milliseconds(6200)));
        add(11'000, 130);
        CPPUNIT_ASSERT(!rtt_.expired());
    }
    void takes_no_sample_for_none() {
        add(0, 0);
        CPPUNIT_ASSERT(!rtt_.known());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MinRttTest);
