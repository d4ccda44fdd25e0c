#include <support/conformance/send_file_suite.h>
#include <support/conformance/stream_end_suite.h>
#include <support/conformance/stream_suite.h>

#include "sim_net_harness.h"

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(StreamSuite<SimNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamEndSuite<SimNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(SendFileSuite<SimNetHarness>);

}  // namespace gantry::testing::conformance
