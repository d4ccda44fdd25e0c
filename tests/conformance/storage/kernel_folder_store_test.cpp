#include "harnesses.h"

#include <support/conformance/beneath_suite.h>
#include <support/conformance/file_store_suite.h>
#include <support/conformance/file_suite.h>
#include <support/conformance/folder_watch_suite.h>
#include <support/conformance/listing_suite.h>
#include <support/conformance/replacement_suite.h>

namespace gantry::testing::conformance {

CPPUNIT_TEST_SUITE_REGISTRATION(FileStoreSuite<KernelFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FileSuite<KernelFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(FolderWatchSuite<KernelFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ListingSuite<KernelFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(ReplacementSuite<KernelFolderHarness>);
CPPUNIT_TEST_SUITE_REGISTRATION(BeneathSuite<KernelFolderHarness>);

}  // namespace gantry::testing::conformance
