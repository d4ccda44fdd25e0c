#include "harnesses.h"

#include <support/conformance/beneath_suite.h>
#include <support/conformance/file_store_suite.h>
#include <support/conformance/file_suite.h>
#include <support/conformance/folder_watch_suite.h>
#include <support/conformance/listing_suite.h>
#include <support/conformance/replacement_suite.h>

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(FileStoreSuite<FailingHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FileSuite<FailingHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FolderWatchSuite<FailingHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ListingSuite<FailingHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ReplacementSuite<FailingHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(BeneathSuite<FailingHarness>);

}  // namespace gantry::testing::conformance
