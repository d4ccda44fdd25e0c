#include <host/system/tcp_transport.h>
#include <support/conformance/connector_suite.h>
#include <support/conformance/listener_suite.h>
#include <support/conformance/transport_suite.h>

#include "real_net_harness.h"

namespace {

using gantry::host::RealNetHarness;
namespace conformance = gantry::testing::conformance;

class TcpTransportHarness : public RealNetHarness {
  public:
    gantry::Transport& transport() { return transport_; }

  private:
    gantry::host::TcpTransport transport_{connector()};
};

CPPUNIT_TEST_SUITE_REGISTRATION(conformance::ConnectorSuite<RealNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(conformance::ListenerSuite<RealNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(conformance::TransportSuite<TcpTransportHarness>);

}  // namespace
