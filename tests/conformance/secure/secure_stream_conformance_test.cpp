#include <crypto_support/secure_connector.h>
#include <support/conformance/send_file_suite.h>
#include <support/conformance/stream_end_suite.h>
#include <support/conformance/stream_suite.h>

#include "real_net_harness.h"
#include "sim_net_harness.h"

namespace gantry::crypto {
namespace {

template <class Base>
class SecureHarness : public Base {
  public:
    Connector& connector() override { return secured_; }
    bool is_secure() const override { return true; }
    std::size_t bulk_bytes() const override { return 5'000'000; }

  private:
    SecureConnector secured_{Base::connector()};
};

using OverTcp = SecureHarness<host::RealNetHarness>;
using OverSimulation = SecureHarness<testing::conformance::SimNetHarness>;

}  // namespace
}  // namespace gantry::crypto

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(StreamSuite<crypto::OverTcp>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamEndSuite<crypto::OverTcp>);
CPPUNIT_TEST_SUITE_REGISTRATION(SendFileSuite<crypto::OverTcp>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamSuite<crypto::OverSimulation>);
CPPUNIT_TEST_SUITE_REGISTRATION(StreamEndSuite<crypto::OverSimulation>);
CPPUNIT_TEST_SUITE_REGISTRATION(SendFileSuite<crypto::OverSimulation>);

}  // namespace gantry::testing::conformance
