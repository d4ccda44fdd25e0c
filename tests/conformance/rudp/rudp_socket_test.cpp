#include <support/conformance/send_file_suite.h>
#include <support/conformance/stream_end_suite.h>
#include <support/conformance/stream_suite.h>
#include <support/conformance/transport_suite.h>

#include "real_net_harness.h"
#include "rudp_harness.h"

namespace gantry::testing::conformance {
namespace {

using RudpOnSocketsHarness = RudpHarness<host::RealNetHarness>;

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(TransportSuite<RudpOnSocketsHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamSuite<RudpOnSocketsHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamEndSuite<RudpOnSocketsHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(SendFileSuite<RudpOnSocketsHarness>);

}  // namespace gantry::testing::conformance
