#include <support/conformance/datagram_socket_suite.h>

#include "sim_net_harness.h"

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(DatagramSocketSuite<SimNetHarness>);

}  // namespace gantry::testing::conformance
