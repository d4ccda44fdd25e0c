#include "harnesses.h"

#include <support/conformance/beneath_suite.h>
#include <support/conformance/file_store_suite.h>
#include <support/conformance/file_suite.h>
#include <support/conformance/folder_watch_suite.h>
#include <support/conformance/listing_suite.h>
#include <support/conformance/replacement_suite.h>

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(FileStoreSuite<MemoryHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FileSuite<MemoryHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FolderWatchSuite<MemoryHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ListingSuite<MemoryHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ReplacementSuite<MemoryHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(BeneathSuite<MemoryHarness>);

}  // namespace gantry::testing::conformance
