#include <cppunit/BriefTestProgressListener.h>
#include <cppunit/CompilerOutputter.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/extensions/TestFactoryRegistry.h>
#include <cppunit/ui/text/TestRunner.h>

#include <iostream>

// Runs every registered test, or those below the test path that is given:
//   cs_wire_test FrameTest::refuses_a_frame_longer_than_the_limit
int main(int argc, char** argv) {
    CppUnit::TestResult controller;
    CppUnit::TestResultCollector results;
    CppUnit::BriefTestProgressListener progress;
    controller.addListener(&results);
    controller.addListener(&progress);
    CppUnit::TestRunner runner;
    runner.addTest(CppUnit::TestFactoryRegistry::getRegistry().makeTest());
    try {
        runner.run(controller, argc > 1 ? argv[1] : "");
    } catch (const std::exception& e) {
        std::cerr << "no such test: " << e.what() << '\n';
        return 2;
    }
    CppUnit::CompilerOutputter(&results, std::cerr).write();
    return results.runTests() > 0 && results.wasSuccessful() ? 0 : 1;
}
