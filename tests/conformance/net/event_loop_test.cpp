#include <support/conformance/event_loop_suite.h>
#include <support/conformance/watch_suite.h>

#include "real_harness.h"

namespace {

using AsioEventLoopTest =
    gantry::testing::conformance::EventLoopSuite<gantry::host::RealLoopHarness<>>;
CPPUNIT_TEST_SUITE_REGISTRATION(AsioEventLoopTest);

using AsioWatchTest = gantry::testing::conformance::WatchSuite<gantry::host::RealLoopHarness<>>;
CPPUNIT_TEST_SUITE_REGISTRATION(AsioWatchTest);

}  // namespace
