#include <cppunit/extensions/HelperMacros.h>
#include <host/system/loop_thread.h>
#include <host/system/thread_pool.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

using namespace gantry;
using gantry::host::LoopThread;
using gantry::host::ThreadPool;

namespace {

class ThreadPoolTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ThreadPoolTest);
    CPPUNIT_TEST(runs_work_on_a_pool_thread_and_done_on_the_loop);
    CPPUNIT_TEST(work_is_destroyed_before_done_runs);
    CPPUNIT_TEST(several_pieces_run_at_once);
    CPPUNIT_TEST(a_full_queue_is_busy_and_runs_neither);
    CPPUNIT_TEST(stop_runs_what_was_accepted);
    CPPUNIT_TEST(refuses_work_after_stop);
    CPPUNIT_TEST(work_that_throws_is_reported_and_done_still_runs);
    CPPUNIT_TEST(done_is_destroyed_unrun_when_the_loop_has_ended);
    CPPUNIT_TEST_SUITE_END();

    LoopThread loop_{"loop"};
    std::optional<ThreadPool> pool_;

    // Work that holds its thread until it is released.
    class Gate {
      public:
        void open() { opened_.set_value(); }
        Task work() {
            return [ended = opened_.get_future()] { ended.wait(); };
        }

      private:
        std::promise<void> opened_;
    };

    void runs_work_on_a_pool_thread_and_done_on_the_loop() {
        pool_.emplace("pool", 2);
        std::promise<bool> done;
        std::thread::id worker;
        CPPUNIT_ASSERT(pool_
                           ->submit([&] { worker = std::this_thread::get_id(); }, loop_.loop(),
                                    [&] { done.set_value(loop_.loop().on_loop_thread()); })
                           .ok());
        CPPUNIT_ASSERT(done.get_future().get());
        CPPUNIT_ASSERT(worker != std::thread::id());
        CPPUNIT_ASSERT(worker != std::this_thread::get_id());
    }
    void work_is_destroyed_before_done_runs() {
        pool_.emplace("pool", 1);
        auto held = std::make_shared<int>(0);
        std::promise<long> uses;
        CPPUNIT_ASSERT(
            pool_->submit([held] {}, loop_.loop(), [&] { uses.set_value(held.use_count()); }).ok());
        CPPUNIT_ASSERT_EQUAL(1L, uses.get_future().get());
    }
    void several_pieces_run_at_once() {
        pool_.emplace("pool", 2);
        std::promise<void> first;
        std::promise<void> second;
        // Each waits for the other: one thread alone would never end.
        CPPUNIT_ASSERT(
            pool_->submit([&] { first.set_value(), second.get_future().wait(); }, loop_.loop(), {})
                .ok());
        CPPUNIT_ASSERT(
            pool_->submit([&] { second.set_value(), first.get_future().wait(); }, loop_.loop(), {})
                .ok());
        pool_->stop();
    }
    void a_full_queue_is_busy_and_runs_neither() {
        pool_.emplace("pool", 1);
        Gate gate;
        std::atomic<int> ran{0};
        std::promise<void> begun;
        CPPUNIT_ASSERT(pool_->submit([&] { begun.set_value(); }, loop_.loop(), {}).ok());
        CPPUNIT_ASSERT(pool_->submit(gate.work(), loop_.loop(), {}).ok());
        begun.get_future().wait();
        std::size_t accepted = 0;
        Result<void> last;
        while ((last = pool_->submit([&] { ++ran; }, loop_.loop(), [&] { ++ran; })).ok())
            ++accepted;
        CPPUNIT_ASSERT(ErrorCode::busy == last.error().code);
        // The gate's work is queued or runs already.
        CPPUNIT_ASSERT(accepted == ThreadPool::kMaxQueued ||
                       accepted == ThreadPool::kMaxQueued - 1);
        gate.open();
        pool_->stop();
        loop_.stop();
        CPPUNIT_ASSERT_EQUAL(2 * accepted, static_cast<std::size_t>(ran.load()));
    }
    void stop_runs_what_was_accepted() {
        pool_.emplace("pool", 2);
        std::atomic<int> ran{0};
        for (int i = 0; i < 100; ++i)
            CPPUNIT_ASSERT(pool_->submit([&] { ++ran; }, loop_.loop(), {}).ok());
        pool_->stop();
        CPPUNIT_ASSERT_EQUAL(100, ran.load());
    }
    void refuses_work_after_stop() {
        pool_.emplace("pool", 1);
        pool_->stop();
        const auto refused = pool_->submit([] {}, loop_.loop(), {});
        CPPUNIT_ASSERT(!refused.ok());
        CPPUNIT_ASSERT(ErrorCode::closed == refused.error().code);
    }
    void work_that_throws_is_reported_and_done_still_runs() {
        pool_.emplace("pool", 1);
        std::string told;
        pool_->set_fault_handler([&](const Error& e) { told = e.message; });
        std::promise<void> done;
        CPPUNIT_ASSERT(pool_
                           ->submit([] { throw std::runtime_error("on purpose"); }, loop_.loop(),
                                    [&] { done.set_value(); })
                           .ok());
        done.get_future().wait();
        CPPUNIT_ASSERT(told.find("on purpose") != std::string::npos);
    }
    void done_is_destroyed_unrun_when_the_loop_has_ended() {
        pool_.emplace("pool", 1);
        loop_.stop();
        auto ran = std::make_shared<bool>(false);
        CPPUNIT_ASSERT(pool_->submit([] {}, loop_.loop(), [ran] { *ran = true; }).ok());
        pool_->stop();
        CPPUNIT_ASSERT(!*ran);
        CPPUNIT_ASSERT_EQUAL(1L, ran.use_count());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ThreadPoolTest);

}  // namespace
