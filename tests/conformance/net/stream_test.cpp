#include <support/conformance/send_file_suite.h>
#include <support/conformance/stream_end_suite.h>
#include <support/conformance/stream_suite.h>

#include "real_net_harness.h"

namespace {

using gantry::host::RealNetHarness;
namespace conformance = gantry::testing::conformance;

CPPUNIT_TEST_SUITE_REGISTRATION(conformance::StreamSuite<RealNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(conformance::StreamEndSuite<RealNetHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(conformance::SendFileSuite<RealNetHarness>);

}  // namespace
