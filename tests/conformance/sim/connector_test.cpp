#include <gantry/testing/sim_transport.h>
#include <support/conformance/connector_suite.h>
#include <support/conformance/listener_suite.h>
#include <support/conformance/transport_suite.h>

#include "sim_net_harness.h"

namespace gantry::testing::conformance {

class SimTransportHarness : public SimNetHarness {
  public:
    Transport& transport() { return transport_; }

  private:
    SimTransport transport_{connector()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConnectorSuite<SimNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ListenerSuite<SimNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(TransportSuite<SimTransportHarness>);

}  // namespace gantry::testing::conformance
