#include "harnesses.h"

#include <support/conformance/beneath_suite.h>
#include <support/conformance/file_store_suite.h>
#include <support/conformance/file_suite.h>
#include <support/conformance/folder_watch_suite.h>
#include <support/conformance/listing_suite.h>
#include <support/conformance/replacement_suite.h>

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(FileStoreSuite<WalkedFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FileSuite<WalkedFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FolderWatchSuite<WalkedFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ListingSuite<WalkedFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ReplacementSuite<WalkedFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(BeneathSuite<WalkedFolderHarness>);

}  // namespace gantry::testing::conformance
