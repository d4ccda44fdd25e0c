#include <support/conformance/datagram_socket_suite.h>

#include "real_net_harness.h"

namespace {

using gantry::host::RealNetHarness;
namespace conformance = gantry::testing::conformance;

CPPUNIT_TEST_SUITE_REGISTRATION(conformance::DatagramSocketSuite<RealNetHarness>);

}  // namespace
