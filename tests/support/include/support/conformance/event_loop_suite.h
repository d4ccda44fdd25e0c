#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/net/event_loop.h>
#include <support/conformance/harness.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace gantry::testing::conformance {

// What every EventLoop does with tasks and timers. WatchSuite has the descriptors.
template <class Harness>
class EventLoopSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EventLoopSuite<Harness>);
    CPPUNIT_TEST(posted_tasks_run_in_the_order_they_were_posted);
    CPPUNIT_TEST(a_posted_task_never_runs_inside_the_post);
    CPPUNIT_TEST(a_task_posted_by_a_task_runs_after_those_that_wait);
    CPPUNIT_TEST(a_task_may_be_posted_from_another_thread);
    CPPUNIT_TEST(a_task_is_destroyed_once_it_has_run);
    CPPUNIT_TEST(tasks_left_over_at_the_end_are_destroyed_unrun);
    CPPUNIT_TEST(knows_its_own_thread);
    CPPUNIT_TEST(a_task_that_throws_is_reported_and_the_loop_goes_on);
    CPPUNIT_TEST(a_timer_fires_once_and_not_before_its_time);
    CPPUNIT_TEST(a_timer_in_the_past_fires_in_a_later_turn);
    CPPUNIT_TEST(timers_fire_in_the_order_of_their_deadlines);
    CPPUNIT_TEST(timers_with_equal_deadlines_fire_in_the_order_they_were_armed);
    CPPUNIT_TEST(arming_again_replaces_the_deadline);
    CPPUNIT_TEST(arming_again_goes_behind_equal_deadlines);
    CPPUNIT_TEST(a_disarmed_timer_does_not_fire);
    CPPUNIT_TEST(a_timer_can_be_armed_again_by_its_own_task);
    CPPUNIT_TEST(a_timer_that_is_always_due_starves_nobody);
    CPPUNIT_TEST(armed_tells_whether_a_timer_waits);
    CPPUNIT_TEST(a_timer_may_destroy_itself);
    CPPUNIT_TEST(a_timer_may_destroy_or_disarm_others_that_are_due);
    CPPUNIT_TEST(a_timer_that_throws_is_reported_and_the_loop_goes_on);
    CPPUNIT_TEST(a_hundred_thousand_timers_fire_in_order);
    CPPUNIT_TEST(time_goes_on_and_never_back);
    CPPUNIT_TEST_SUITE_END();

    using Milliseconds = std::chrono::milliseconds;
    static constexpr Duration kLimit = std::chrono::seconds(20);

    Harness harness_;
    std::string log_;

    EventLoop& loop() { return harness_.loop(); }
    TimePoint in(Duration d) { return loop().now() + d; }
    void run_until(const std::function<bool()>& done) {
        CPPUNIT_ASSERT_MESSAGE("in time", harness_.run_until(done, kLimit));
    }
    // Runs all tasks that are posted by now, and the timers that are due.
    void settle() {
        bool last = false;
        loop().post([&] { loop().post([&] { last = true; }); });
        run_until([&] { return last; });
    }
    std::unique_ptr<Timer> logging_timer(char mark) {
        return loop().make_timer([this, mark] { log_ += mark; });
    }
    bool logged(std::size_t count) const { return log_.size() >= count; }

    void posted_tasks_run_in_the_order_they_were_posted() {
        for (char mark = 'a'; mark <= 'j'; ++mark) loop().post([this, mark] { log_ += mark; });
        run_until([&] { return logged(10); });
        CPPUNIT_ASSERT_EQUAL(std::string("abcdefghij"), log_);
    }
    void a_posted_task_never_runs_inside_the_post() {
        loop().post([this] {
            loop().post([this] { log_ += 'b'; });
            log_ += 'a';
        });
        CPPUNIT_ASSERT_EQUAL(std::string(), log_);
        run_until([&] { return logged(2); });
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), log_);
    }
    void a_task_posted_by_a_task_runs_after_those_that_wait() {
        loop().post([this] {
            log_ += 'a';
            loop().post([this] { log_ += 'c'; });
        });
        loop().post([this] { log_ += 'b'; });
        run_until([&] { return logged(3); });
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), log_);
    }
    void a_task_may_be_posted_from_another_thread() {
        std::thread::id ran_on;
        std::thread other([&] { loop().post([&] { ran_on = std::this_thread::get_id(); }); });
        other.join();
        run_until([&] { return ran_on != std::thread::id(); });
        CPPUNIT_ASSERT(ran_on == std::this_thread::get_id());
    }
    void a_task_is_destroyed_once_it_has_run() {
        auto held = std::make_shared<int>(0);
        loop().post([held] {});
        CPPUNIT_ASSERT_EQUAL(2L, held.use_count());
        settle();
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void tasks_left_over_at_the_end_are_destroyed_unrun() {
        auto ran = std::make_shared<bool>(false);
        {
            Harness ending;
            ending.loop().post([ran] { *ran = true; });
        }
        CPPUNIT_ASSERT(!*ran);
        CPPUNIT_ASSERT_EQUAL(1L, ran.use_count());
    }
    void knows_its_own_thread() {
        bool inside = false;
        bool outside = true;
        std::thread([&] { outside = loop().on_loop_thread(); }).join();
        loop().post([&] { inside = loop().on_loop_thread(); });
        settle();
        CPPUNIT_ASSERT(inside);
        CPPUNIT_ASSERT(!outside);
    }
    void a_task_that_throws_is_reported_and_the_loop_goes_on() {
        loop().post([] { throw std::runtime_error("on purpose"); });
        loop().post([this] { log_ += 'a'; });
        run_until([&] { return logged(1); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, harness_.faults());
    }

    void a_timer_fires_once_and_not_before_its_time() {
        const TimePoint when = in(Milliseconds(5));
        TimePoint fired{};
        int times = 0;
        auto timer = loop().make_timer([&] {
            fired = loop().now();
            ++times;
        });
        timer->arm(when);
        run_until([&] { return times > 0; });
        CPPUNIT_ASSERT(fired >= when);
        settle();
        CPPUNIT_ASSERT_EQUAL(1, times);
    }
    void a_timer_in_the_past_fires_in_a_later_turn() {
        auto timer = logging_timer('b');
        loop().post([&] {
            timer->arm(loop().now() - Milliseconds(5));
            log_ += 'a';
        });
        run_until([&] { return logged(2); });
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), log_);
    }
    void timers_fire_in_the_order_of_their_deadlines() {
        auto c = logging_timer('c');
        auto a = logging_timer('a');
        auto b = logging_timer('b');
        const TimePoint base = in(Milliseconds(1));
        c->arm(base + Milliseconds(3));
        a->arm(base + Milliseconds(1));
        b->arm(base + Milliseconds(2));
        run_until([&] { return logged(3); });
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), log_);
    }
    void timers_with_equal_deadlines_fire_in_the_order_they_were_armed() {
        const TimePoint when = in(Milliseconds(1));
        std::vector<std::unique_ptr<Timer>> timers;
        for (char mark = 'j'; mark >= 'a'; --mark) timers.push_back(logging_timer(mark));
        for (auto it = timers.rbegin(); it != timers.rend(); ++it) (*it)->arm(when);
        run_until([&] { return logged(10); });
        CPPUNIT_ASSERT_EQUAL(std::string("abcdefghij"), log_);
    }
    void arming_again_replaces_the_deadline() {
        auto a = logging_timer('a');
        auto b = logging_timer('b');
        a->arm(in(std::chrono::hours(1)));
        b->arm(in(Milliseconds(2)));
        a->arm(in(Milliseconds(1)));
        run_until([&] { return logged(2); });
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), log_);
        CPPUNIT_ASSERT(!a->armed());
    }
    void arming_again_goes_behind_equal_deadlines() {
        const TimePoint when = in(Milliseconds(1));
        auto a = logging_timer('a');
        auto b = logging_timer('b');
        a->arm(when);
        b->arm(when);
        a->arm(when);
        run_until([&] { return logged(2); });
        CPPUNIT_ASSERT_EQUAL(std::string("ba"), log_);
    }
    void a_disarmed_timer_does_not_fire() {
        auto a = logging_timer('a');
        auto b = logging_timer('b');
        a->arm(in(Milliseconds(1)));
        b->arm(in(Milliseconds(2)));
        a->disarm();
        a->disarm();
        run_until([&] { return logged(1); });
        CPPUNIT_ASSERT_EQUAL(std::string("b"), log_);
    }
    void a_timer_can_be_armed_again_by_its_own_task() {
        std::unique_ptr<Timer> timer;
        timer = loop().make_timer([&] {
            log_ += 'a';
            if (!logged(3)) timer->arm(loop().now() + Milliseconds(1));
        });
        timer->arm(in(Milliseconds(1)));
        run_until([&] { return logged(3); });
        CPPUNIT_ASSERT(!timer->armed());
    }
    void a_timer_that_is_always_due_starves_nobody() {
        std::unique_ptr<Timer> busy;
        busy = loop().make_timer([&] { busy->arm(loop().now() - Milliseconds(1)); });
        auto quiet = logging_timer('t');
        busy->arm(loop().now());
        quiet->arm(loop().now());
        loop().post([this] { log_ += 'p'; });
        run_until([&] { return logged(2); });
        busy.reset();
    }
    void armed_tells_whether_a_timer_waits() {
        bool armed_inside = true;
        std::unique_ptr<Timer> timer;
        timer = loop().make_timer([&] {
            armed_inside = timer->armed();
            log_ += 'a';
        });
        CPPUNIT_ASSERT(!timer->armed());
        timer->arm(in(Milliseconds(1)));
        CPPUNIT_ASSERT(timer->armed());
        run_until([&] { return logged(1); });
        CPPUNIT_ASSERT(!armed_inside);
        timer->arm(in(std::chrono::hours(1)));
        timer->disarm();
        CPPUNIT_ASSERT(!timer->armed());
    }
    void a_timer_may_destroy_itself() {
        auto held = std::make_shared<int>(7);
        std::unique_ptr<Timer> timer;
        int seen = 0;
        timer = loop().make_timer([&timer, &seen, held] {
            timer.reset();
            seen = *held;  // the task is whole until it returns
        });
        timer->arm(in(Milliseconds(1)));
        run_until([&] { return seen != 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(7, seen);
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void a_timer_may_destroy_or_disarm_others_that_are_due() {
        const TimePoint when = in(Milliseconds(1));
        auto destroyed = logging_timer('x');
        auto disarmed = logging_timer('y');
        auto last = logging_timer('b');
        auto first = loop().make_timer([&] {
            destroyed.reset();
            disarmed->disarm();
            log_ += 'a';
        });
        first->arm(when);
        destroyed->arm(when);
        disarmed->arm(when);
        last->arm(when);
        run_until([&] { return logged(2); });
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), log_);
    }
    void a_timer_that_throws_is_reported_and_the_loop_goes_on() {
        auto bad = loop().make_timer([] { throw std::runtime_error("on purpose"); });
        auto good = logging_timer('a');
        const TimePoint when = in(Milliseconds(1));
        bad->arm(when);
        good->arm(when);
        run_until([&] { return logged(1); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, harness_.faults());
        bad->arm(loop().now());
        run_until([&] { return harness_.faults() == 2; });
    }
    void a_hundred_thousand_timers_fire_in_order() {
        constexpr std::size_t kCount = 100'000;
        std::vector<std::unique_ptr<Timer>> timers;
        std::vector<TimePoint> fired;
        fired.reserve(kCount);
        const TimePoint base = in(Milliseconds(1));
        for (std::size_t i = 0; i < kCount; ++i) {
            // 7919 is prime to the count, so each microsecond of a tenth of a second is hit once.
            const TimePoint when = base + std::chrono::microseconds(i * 7919 % kCount);
            timers.push_back(loop().make_timer([&fired, when] { fired.push_back(when); }));
            timers.back()->arm(when);
        }
        run_until([&] { return fired.size() == kCount; });
        CPPUNIT_ASSERT(std::is_sorted(fired.begin(), fired.end()));
    }
    void time_goes_on_and_never_back() {
        const TimePoint before = loop().now();
        auto timer = logging_timer('a');
        timer->arm(before + Milliseconds(3));
        run_until([&] { return logged(1); });
        CPPUNIT_ASSERT(loop().now() >= before + Milliseconds(3));
    }
};

}  // namespace gantry::testing::conformance
