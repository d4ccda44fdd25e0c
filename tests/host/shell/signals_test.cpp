#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/local_cancel.h>
#include <host/shell/signals.h>

#include <signal.h>
#include <unistd.h>

#include <thread>

using namespace gantry;
using namespace gantry::host;

class SignalsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SignalsTest);
    CPPUNIT_TEST(the_first_interrupt_asks_and_the_second_forces);
    CPPUNIT_TEST(a_flag_ends_the_wait_at_once);
    CPPUNIT_TEST(a_limit_ends_the_wait);
    CPPUNIT_TEST(termination_is_remembered_and_an_interrupt_is_not);
    CPPUNIT_TEST(a_change_of_the_screen_interrupts_nothing);
    CPPUNIT_TEST(a_cancel_runs_its_hooks_once);
    CPPUNIT_TEST(a_dropped_hook_does_not_run);
    CPPUNIT_TEST(a_hook_that_comes_late_runs_at_once);
    CPPUNIT_TEST(a_waiter_for_cancel_is_woken);
    CPPUNIT_TEST_SUITE_END();

    SignalSource signals_;
    int ticks_ = 0;
    int interrupts_ = 0;
    int ends_ = 0;
    ForegroundWaiter waiter_{
        signals_, {[this] { ++ticks_; }, [this] { ++interrupts_; }, [this] { ++ends_; }}};
    DoneFlag flag_;

    static void send(int signal) { ::kill(::getpid(), signal); }

  public:
    void the_first_interrupt_asks_and_the_second_forces() {
        int asked = 0;
        send(SIGINT);
        const auto end = waiter_.wait(flag_, [&] {
            ++asked;
            send(SIGINT);
        });
        CPPUNIT_ASSERT(end == WaitEnd::forced);
        CPPUNIT_ASSERT_EQUAL(1, asked);
        CPPUNIT_ASSERT_EQUAL(2, interrupts_);
        CPPUNIT_ASSERT_EQUAL(1, ends_);
    }
    void a_flag_ends_the_wait_at_once() {
        std::thread setter([&] { flag_.set(); });
        CPPUNIT_ASSERT(waiter_.wait(flag_, [] {}) == WaitEnd::done);
        setter.join();
        CPPUNIT_ASSERT(PlainWaiter().wait(flag_, [] {}) == WaitEnd::done);
    }
    void a_limit_ends_the_wait() {
        CPPUNIT_ASSERT(waiter_.wait(
                           flag_, [] {}, std::chrono::milliseconds(1)) == WaitEnd::limit);
        CPPUNIT_ASSERT(PlainWaiter().wait(
                           flag_, [] {}, std::chrono::milliseconds(1)) == WaitEnd::limit);
    }
    void termination_is_remembered_and_an_interrupt_is_not() {
        send(SIGINT);
        (void)waiter_.wait(flag_, [&] { flag_.set(); });
        CPPUNIT_ASSERT(!signals_.stop_asked());
        DoneFlag again;
        send(SIGTERM);
        (void)waiter_.wait(again, [&] { again.set(); });
        CPPUNIT_ASSERT(signals_.stop_asked());
    }
    void a_change_of_the_screen_interrupts_nothing() {
        int asked = 0;
        send(SIGWINCH);
        const auto end = waiter_.wait(
            flag_, [&] { ++asked; }, std::chrono::milliseconds(5));
        CPPUNIT_ASSERT(end == WaitEnd::limit);
        CPPUNIT_ASSERT_EQUAL(0, asked);
    }
    void a_cancel_runs_its_hooks_once() {
        LocalCancel cancel;
        int runs = 0;
        const auto hook = cancel.on_request([&] { ++runs; });
        CPPUNIT_ASSERT(!cancel.cancel_requested());
        cancel.request();
        cancel.request();
        CPPUNIT_ASSERT_EQUAL(1, runs);
        CPPUNIT_ASSERT(cancel.cancel_requested());
    }
    void a_dropped_hook_does_not_run() {
        LocalCancel cancel;
        int runs = 0;
        {
            const auto hook = cancel.on_request([&] { ++runs; });
        }
        cancel.request();
        CPPUNIT_ASSERT_EQUAL(0, runs);
    }
    void a_hook_that_comes_late_runs_at_once() {
        LocalCancel cancel;
        cancel.request();
        int runs = 0;
        const auto hook = cancel.on_request([&] { ++runs; });
        CPPUNIT_ASSERT_EQUAL(1, runs);
        CPPUNIT_ASSERT(!hook.active());
    }
    void a_waiter_for_cancel_is_woken() {
        LocalCancel cancel;
        CPPUNIT_ASSERT(!cancel.wait_for_cancel(std::chrono::milliseconds(1)));
        std::thread asker([&] { cancel.request(); });
        CPPUNIT_ASSERT(cancel.wait_for_cancel(std::chrono::seconds(30)));
        asker.join();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SignalsTest);
