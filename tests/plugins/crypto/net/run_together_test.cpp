#include <crypto/net/run_together.h>
#include <gantry/testing/virtual_pool.h>
#include <host/system/asio_loop.h>
#include <host/system/thread_pool.h>

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <condition_variable>
#include <set>
#include <thread>

namespace gantry::crypto {
namespace {

class RunTogetherTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RunTogetherTest);
    CPPUNIT_TEST(runs_on_all_threads_at_once);
    CPPUNIT_TEST(runs_on_the_callers_thread_alone_without_helpers);
    CPPUNIT_TEST(waits_for_all_that_began);
    CPPUNIT_TEST(does_not_wait_for_a_pool_that_is_busy);
    CPPUNIT_TEST(work_that_throws_ends_like_any_other);
    CPPUNIT_TEST(uses_the_cores_within_what_a_pool_has);
    CPPUNIT_TEST_SUITE_END();

    host::AsioLoop loop_;

  public:
    void runs_on_all_threads_at_once() {
        host::ThreadPool pool("pool", 2);
        std::mutex mutex;
        std::condition_variable changed;
        std::set<std::thread::id> seen;
        run_together(pool, loop_, 2, [&] {
            std::unique_lock lock(mutex);
            seen.insert(std::this_thread::get_id());
            changed.notify_all();
            changed.wait(lock, [&] { return seen.size() == 3; });  // for ever, if one by one
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, seen.size());
    }
    void runs_on_the_callers_thread_alone_without_helpers() {
        host::ThreadPool pool("pool", 1);
        int calls = 0;
        run_together(pool, loop_, 0, [&] { ++calls; });
        CPPUNIT_ASSERT_EQUAL(1, calls);
    }
    void waits_for_all_that_began() {
        host::ThreadPool pool("pool", 2);
        for (int round = 0; round < 200; ++round) {
            std::atomic<int> begun = 0, ended = 0;
            run_together(pool, loop_, 2, [&] {
                ++begun;
                std::this_thread::yield();
                ++ended;
            });
            CPPUNIT_ASSERT(begun >= 1);
            CPPUNIT_ASSERT_EQUAL(begun.load(), ended.load());
        }
    }
    void does_not_wait_for_a_pool_that_is_busy() {
        testing::VirtualClock clock;
        testing::VirtualLoop loop(clock);
        testing::VirtualPool pool(clock);
        int calls = 0;
        run_together(pool, loop, 3, [&] { ++calls; });
        CPPUNIT_ASSERT_EQUAL(1, calls);
        clock.run_ready();  // the pool comes to it now, too late
        CPPUNIT_ASSERT_EQUAL(1, calls);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, pool.pending());
    }
    void work_that_throws_ends_like_any_other() {
        host::ThreadPool pool("pool", 1);
        std::atomic<int> calls = 0;
        run_together(pool, loop_, 1, [&] {
            ++calls;
            throw std::runtime_error("on purpose");
        });
        CPPUNIT_ASSERT(calls >= 1);
    }
    void uses_the_cores_within_what_a_pool_has() {
        CPPUNIT_ASSERT(useful_helpers() <= 4);
        CPPUNIT_ASSERT(useful_helpers() < std::max(2U, std::thread::hardware_concurrency()));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RunTogetherTest);

}  // namespace
}  // namespace gantry::crypto
