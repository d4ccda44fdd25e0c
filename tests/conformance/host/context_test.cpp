#include <support/conformance/context_command_suite.h>
#include <support/conformance/context_suite.h>

#include "real_host_harness.h"

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(ContextSuite<host::RealHostHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ContextCommandSuite<host::RealHostHarness>);

}  // namespace gantry::testing::conformance
