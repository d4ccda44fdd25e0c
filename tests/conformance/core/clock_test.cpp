#include <gantry/testing/virtual_clock.h>
#include <host/system/system_clock.h>
#include <support/conformance/clock_suite.h>

namespace gantry::testing::conformance {
namespace {

class SystemClockHarness final : public ClockHarness {
  public:
    const Clock& clock() override { return clock_; }
    void let_pass(Duration duration) override {
        const TimePoint end = clock_.now() + duration;
        while (clock_.now() < end) std::this_thread::yield();
    }

  private:
    host::SystemClock clock_;
};

class VirtualClockHarness final : public ClockHarness {
  public:
    const Clock& clock() override { return clock_; }
    void let_pass(Duration duration) override { clock_.advance(duration); }

  private:
    VirtualClock clock_;
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(ClockSuite<SystemClockHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ClockSuite<VirtualClockHarness>);

}  // namespace gantry::testing::conformance
