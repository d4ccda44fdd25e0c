#pragma once

#include <gantry/job/blocking_pool.h>
#include <support/conformance/harness.h>

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <vector>

namespace gantry::testing::conformance {

// For BlockingPoolSuite: a loop, and a pool whose queue has a limit.
class PoolHarness : public LoopHarness {
  public:
    virtual BlockingPool& pool() = 0;
    // The pool takes nothing new, and what it took has run or runs while run_until() does.
    virtual void stop_pool() = 0;
    // Calls submit() until it is refused, while nothing that is accepted can end; lets all go on
    // afterwards. Answers that refusal.
    virtual Result<void> fill_queue(const std::function<Result<void>()>& submit) = 0;
};

// What every BlockingPool does.
template <class Harness>
class BlockingPoolSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BlockingPoolSuite<Harness>);
    CPPUNIT_TEST(runs_work_and_then_done_on_the_loop);
    CPPUNIT_TEST(done_never_comes_inside_submit);
    CPPUNIT_TEST(runs_all_work_it_accepted);
    CPPUNIT_TEST(work_is_destroyed_before_done_runs);
    CPPUNIT_TEST(done_runs_also_when_work_throws);
    CPPUNIT_TEST(work_may_submit_more_work);
    CPPUNIT_TEST(done_may_submit_more_work);
    CPPUNIT_TEST(a_full_queue_is_busy_and_runs_neither);
    CPPUNIT_TEST(goes_on_after_a_full_queue);
    CPPUNIT_TEST(a_stopped_pool_is_closed_and_runs_neither);
    CPPUNIT_TEST(a_stopping_pool_runs_what_it_accepted);
    CPPUNIT_TEST(empty_work_and_empty_done_are_fine);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Duration kLimit = std::chrono::seconds(20);

    Harness harness_;

    Result<void> submit(Task work, Task done) {
        return harness_.pool().submit(std::move(work), harness_.loop(), std::move(done));
    }
    void accepted(const Result<void>& result) { CPPUNIT_ASSERT(result.ok()); }
    void run_until(const std::function<bool()>& done) {
        CPPUNIT_ASSERT_MESSAGE("in time", harness_.run_until(done, kLimit));
    }
    // Waits until one more piece of work is through.
    void run_one_more() {
        bool done = false;
        accepted(submit([] {}, [&] { done = true; }));
        run_until([&] { return done; });
    }

  public:
    void runs_work_and_then_done_on_the_loop() {
        std::atomic<bool> worked = false;
        bool done = false, in_order = false, on_loop = false;
        accepted(submit([&] { worked = true; },
                        [&] {
                            in_order = worked;
                            on_loop = harness_.loop().on_loop_thread();
                            done = true;
                        }));
        run_until([&] { return done; });
        CPPUNIT_ASSERT(in_order && on_loop);
    }
    void done_never_comes_inside_submit() {
        bool submitting = false, inside = false;
        int done = 0;
        harness_.loop().post([&] {
            submitting = true;
            for (int i = 0; i < 100; ++i)
                accepted(submit([] {}, [&] { inside = inside || submitting, ++done; }));
            submitting = false;
        });
        run_until([&] { return done == 100; });
        CPPUNIT_ASSERT(!inside);
    }
    void runs_all_work_it_accepted() {
        constexpr int kPieces = 500;
        std::atomic<int> worked = 0;
        int done = 0;
        for (int i = 0; i < kPieces; ++i) accepted(submit([&] { ++worked; }, [&] { ++done; }));
        run_until([&] { return done == kPieces; });
        CPPUNIT_ASSERT_EQUAL(kPieces, worked.load());
    }
    void work_is_destroyed_before_done_runs() {
        auto held = std::make_shared<int>(0);
        long uses = 0;
        accepted(submit([held] {}, [&] { uses = held.use_count(); }));
        run_until([&] { return uses != 0; });
        CPPUNIT_ASSERT_EQUAL(1L, uses);
    }
    void done_runs_also_when_work_throws() {
        bool done = false;
        accepted(submit([] { throw std::runtime_error("on purpose"); }, [&] { done = true; }));
        run_until([&] { return done; });
        run_one_more();
    }
    void work_may_submit_more_work() {
        bool done = false;
        std::atomic<bool> second = false;
        accepted(submit([&] { second = submit([] {}, [&] { done = true; }).ok(); }, {}));
        run_until([&] { return done && second; });  // whichever is seen first
    }
    void done_may_submit_more_work() {
        int rounds = 0;
        std::function<void()> again = [&] {
            if (++rounds < 10) accepted(submit([] {}, [&] { again(); }));
        };
        accepted(submit([] {}, [&] { again(); }));
        run_until([&] { return rounds == 10; });
    }
    void a_full_queue_is_busy_and_runs_neither() {
        std::atomic<int> worked = 0;
        int done = 0, taken = 0;
        const auto refused = harness_.fill_queue([&] {
            auto result = submit([&] { ++worked; }, [&] { ++done; });
            if (result) ++taken;
            return result;
        });
        CPPUNIT_ASSERT(!refused && refused.error().code == ErrorCode::busy);
        CPPUNIT_ASSERT(taken > 0);
        run_until([&] { return done == taken; });
        run_one_more();
        CPPUNIT_ASSERT_EQUAL(taken, worked.load());
        CPPUNIT_ASSERT_EQUAL(taken, done);
    }
    void goes_on_after_a_full_queue() {
        int done = 0, taken = 0;
        for (int round = 0; round < 2; ++round) {
            const auto refused = harness_.fill_queue([&] {
                auto result = submit([] {}, [&] { ++done; });
                if (result) ++taken;
                return result;
            });
            CPPUNIT_ASSERT(!refused);
            run_until([&] { return done == taken; });
        }
        CPPUNIT_ASSERT(taken > 1);
    }
    void a_stopped_pool_is_closed_and_runs_neither() {
        run_one_more();
        harness_.stop_pool();
        bool ran = false;
        const auto refused = submit([&] { ran = true; }, [&] { ran = true; });
        CPPUNIT_ASSERT(!refused && refused.error().code == ErrorCode::closed);
        bool settled = false;
        harness_.loop().post([&] { harness_.loop().post([&] { settled = true; }); });
        run_until([&] { return settled; });
        CPPUNIT_ASSERT(!ran);
    }
    void a_stopping_pool_runs_what_it_accepted() {
        std::atomic<int> worked = 0;
        int done = 0;
        for (int i = 0; i < 100; ++i) accepted(submit([&] { ++worked; }, [&] { ++done; }));
        harness_.stop_pool();
        run_until([&] { return done == 100; });
        CPPUNIT_ASSERT_EQUAL(100, worked.load());
    }
    void empty_work_and_empty_done_are_fine() {
        accepted(submit({}, {}));
        bool done = false;
        accepted(submit({}, [&] { done = true; }));
        run_until([&] { return done; });
    }
};

}  // namespace gantry::testing::conformance
