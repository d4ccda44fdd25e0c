#include <cppunit/extensions/HelperMacros.h>
#include <host/loader/command_threads.h>
#include <host/loader/limits.h>

#include <atomic>
#include <future>
#include <stdexcept>

using namespace gantry;
using namespace gantry::host;

namespace {

class CommandThreadsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CommandThreadsTest);
    CPPUNIT_TEST(every_task_has_a_thread_of_its_own);
    CPPUNIT_TEST(has_a_cap);
    CPPUNIT_TEST(waits_for_a_task_and_tells_what_it_threw);
    CPPUNIT_TEST(waits_beyond_the_cap);
    CPPUNIT_TEST(takes_nothing_after_the_join);
    CPPUNIT_TEST_SUITE_END();

    CommandThreads threads_{"test"};

    void every_task_has_a_thread_of_its_own() {
        std::promise<void> first;
        std::promise<void> second;
        // Each waits for the other: they end only if both run at once.
        CPPUNIT_ASSERT(threads_
                           .run([&] {
                               first.set_value();
                               second.get_future().get();
                           })
                           .ok());
        CPPUNIT_ASSERT(threads_
                           .run([&] {
                               second.set_value();
                               first.get_future().get();
                           })
                           .ok());
        threads_.join();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, threads_.running());
    }
    void fill(std::shared_future<void> until) {
        for (std::size_t i = 0; i < loader_limits::kBlockingCommands; ++i)
            CPPUNIT_ASSERT(threads_.run([until] { until.get(); }).ok());
    }
    void has_a_cap() {
        std::promise<void> go;
        fill(go.get_future().share());
        const auto more = threads_.run([] {});
        CPPUNIT_ASSERT(!more.ok() && more.error().code == ErrorCode::busy);
        go.set_value();
        threads_.join();
    }
    void waits_for_a_task_and_tells_what_it_threw() {
        int ran = 0;
        CPPUNIT_ASSERT(threads_.run_and_wait([&] { ++ran; }).ok());
        CPPUNIT_ASSERT_EQUAL(1, ran);
        const auto thrown = threads_.run_and_wait([] { throw std::runtime_error("oh no"); });
        CPPUNIT_ASSERT(!thrown.ok() && thrown.error().message.find("oh no") != std::string::npos);
    }
    void waits_beyond_the_cap() {
        std::promise<void> go;
        fill(go.get_future().share());
        CPPUNIT_ASSERT(threads_.run_and_wait([] {}).ok());
        go.set_value();
    }
    void takes_nothing_after_the_join() {
        threads_.join();
        CPPUNIT_ASSERT(threads_.run([] {}).error().code == ErrorCode::closed);
        CPPUNIT_ASSERT(threads_.run_and_wait([] {}).error().code == ErrorCode::closed);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CommandThreadsTest);

}  // namespace
