#include <support/conformance/send_file_suite.h>
#include <support/conformance/stream_end_suite.h>
#include <support/conformance/stream_suite.h>
#include <support/conformance/transport_suite.h>

#include "rudp_harness.h"
#include "sim_net_harness.h"

namespace gantry::testing::conformance {
namespace {

using RudpOnSimHarness = RudpHarness<SimNetHarness>;

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(TransportSuite<RudpOnSimHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamSuite<RudpOnSimHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamEndSuite<RudpOnSimHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(SendFileSuite<RudpOnSimHarness>);

}  // namespace gantry::testing::conformance
