#include "sim_harness.h"

#include <support/conformance/event_loop_suite.h>

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(EventLoopSuite<SimLoopHarness>);

}  // namespace gantry::testing::conformance
