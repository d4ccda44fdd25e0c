#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/base_delay.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;
using std::chrono::minutes;

class BaseDelayTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BaseDelayTest);
    CPPUNIT_TEST(knows_nothing_before_the_first_sample);
    CPPUNIT_TEST(takes_the_least_of_the_last_four_samples_as_now);
    CPPUNIT_TEST(remembers_the_least_of_ten_minutes);
    CPPUNIT_TEST_SUITE_END();

    BaseDelay delay_;

    void add(minutes at, int ms) { delay_.add(TimePoint(at), milliseconds(ms)); }

  public:
    void knows_nothing_before_the_first_sample() {
        CPPUNIT_ASSERT(!delay_.known());
        CPPUNIT_ASSERT(delay_.queueing() == Duration::zero());
    }
    void takes_the_least_of_the_last_four_samples_as_now() {
        for (const int ms : {50, 90, 80, 95, 85}) add(minutes(0), ms);
        CPPUNIT_ASSERT(delay_.base() == milliseconds(50));
        CPPUNIT_ASSERT(delay_.current() == milliseconds(80));
        CPPUNIT_ASSERT(delay_.queueing() == milliseconds(30));
    }
    void remembers_the_least_of_ten_minutes() {
        add(minutes(0), 50);
        for (int minute = 1; minute < 10; ++minute) add(minutes(minute), 70);
        CPPUNIT_ASSERT(delay_.base() == milliseconds(50));
        add(minutes(10), 70);
        CPPUNIT_ASSERT(delay_.base() == milliseconds(70));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BaseDelayTest);
