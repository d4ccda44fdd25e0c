#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/limits.h>
#include <lftp/core/probe_timer.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;

}  // namespace

class ProbeTimerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProbeTimerTest);
    CPPUNIT_TEST(doubles_for_each_probe_in_a_row);
    CPPUNIT_TEST(goes_no_farther_than_its_limit_or_the_plain_timeout);
    CPPUNIT_TEST_SUITE_END();

    ProbeTimer timer_;

  public:
    void doubles_for_each_probe_in_a_row() {
        CPPUNIT_ASSERT(timer_.backed_off(milliseconds(100)) == milliseconds(100));
        timer_.on_expired();
        timer_.on_expired();
        CPPUNIT_ASSERT(timer_.backed_off(milliseconds(100)) == milliseconds(400));
        timer_.on_progress();
        CPPUNIT_ASSERT(timer_.backed_off(milliseconds(100)) == milliseconds(100));
    }
    void goes_no_farther_than_its_limit_or_the_plain_timeout() {
        for (int i = 0; i < 100; ++i) timer_.on_expired();
        CPPUNIT_ASSERT(timer_.backed_off(milliseconds(100)) == limits::kMaxProbeTimeout);
        CPPUNIT_ASSERT(timer_.backed_off(std::chrono::seconds(7)) == std::chrono::seconds(7));
        CPPUNIT_ASSERT_EQUAL(100U, timer_.count());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ProbeTimerTest);
