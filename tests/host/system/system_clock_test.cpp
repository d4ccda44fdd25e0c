#include <cppunit/extensions/HelperMacros.h>
#include <host/system/system_clock.h>

#include <chrono>

using namespace gantry;

namespace {

class SystemClockTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SystemClockTest);
    CPPUNIT_TEST(never_goes_back);
    CPPUNIT_TEST(wall_time_is_civil_time);
    CPPUNIT_TEST_SUITE_END();

    host::SystemClock clock_;

    void never_goes_back() {
        TimePoint last = clock_.now();
        for (int i = 0; i < 1000; ++i) {
            const TimePoint now = clock_.now();
            CPPUNIT_ASSERT(now >= last);
            last = now;
        }
    }
    void wall_time_is_civil_time() {
        const auto year_2020 = std::chrono::sys_days(std::chrono::year(2020) / 1 / 1);
        CPPUNIT_ASSERT(clock_.wall() > year_2020);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SystemClockTest);

}  // namespace
