#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/virtual_loop.h>

#include <stdexcept>
#include <thread>

using namespace gantry;
using namespace std::chrono_literals;
using testing::VirtualClock;
using testing::VirtualLoop;

namespace {

class VirtualLoopTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VirtualLoopTest);
    CPPUNIT_TEST(runs_posted_tasks_in_order_and_each_in_a_later_turn);
    CPPUNIT_TEST(fires_timers_in_the_order_of_their_deadlines_then_of_arming);
    CPPUNIT_TEST(a_timer_in_the_past_does_not_starve_posted_tasks);
    CPPUNIT_TEST(arming_again_replaces_the_deadline);
    CPPUNIT_TEST(a_timer_may_destroy_itself_and_any_other);
    CPPUNIT_TEST(a_timer_may_arm_itself_again);
    CPPUNIT_TEST(is_its_thread_while_idle_and_in_its_own_callbacks_alone);
    CPPUNIT_TEST(keeps_what_a_callback_threw_and_goes_on);
    CPPUNIT_TEST(destroys_unrun_what_is_posted_to_an_ended_loop);
    CPPUNIT_TEST(a_timer_may_outlive_its_loop);
    CPPUNIT_TEST(counts_the_timers_that_live);
    CPPUNIT_TEST(watches_no_descriptor);
    CPPUNIT_TEST(carries_a_hundred_thousand_timers);
    CPPUNIT_TEST_SUITE_END();

    VirtualClock clock_;
    VirtualLoop loop_{clock_};

    void runs_posted_tasks_in_order_and_each_in_a_later_turn() {
        std::string order;
        loop_.post([&] {
            order += "1";
            loop_.post([&] { order += "3"; });
            order += "-";
        });
        loop_.post([&] { order += "2"; });
        loop_.run_ready();
        CPPUNIT_ASSERT_EQUAL(std::string("1-23"), order);
    }
    void fires_timers_in_the_order_of_their_deadlines_then_of_arming() {
        std::string order;
        auto a = loop_.make_timer([&] { order += "a"; });
        auto b = loop_.make_timer([&] { order += "b"; });
        auto c = loop_.make_timer([&] { order += "c"; });
        const TimePoint now = loop_.now();
        c->arm(now + 2s);
        b->arm(now + 1s);
        a->arm(now + 2s);
        loop_.run_for(5s);
        CPPUNIT_ASSERT_EQUAL(std::string("bca"), order);
    }
    void a_timer_in_the_past_does_not_starve_posted_tasks() {
        bool ran = false;
        std::unique_ptr<Timer> timer;
        timer = loop_.make_timer([&] { timer->arm(loop_.now() - 1s); });
        timer->arm(loop_.now() - 1s);
        loop_.post([&] { ran = true; });
        CPPUNIT_ASSERT(loop_.run_until([&] { return ran; }, 0s));
    }
    void arming_again_replaces_the_deadline() {
        int fired = 0;
        auto timer = loop_.make_timer([&] { ++fired; });
        timer->arm(loop_.now() + 1s);
        timer->arm(loop_.now() + 3s);
        CPPUNIT_ASSERT(timer->armed());
        loop_.run_for(2s);
        CPPUNIT_ASSERT_EQUAL(0, fired);
        loop_.run_for(2s);
        CPPUNIT_ASSERT_EQUAL(1, fired);
        CPPUNIT_ASSERT(!timer->armed());
    }
    void a_timer_may_destroy_itself_and_any_other() {
        std::unique_ptr<Timer> self;
        std::unique_ptr<Timer> other;
        const auto alive = std::make_shared<int>(0);
        self = loop_.make_timer([&, alive] {
            self.reset();
            other.reset();
            ++*alive;  // the callable is whole until it returns
        });
        other = loop_.make_timer([alive] { *alive += 100; });
        self->arm(loop_.now());
        other->arm(loop_.now());
        loop_.run_ready();
        CPPUNIT_ASSERT_EQUAL(1, *alive);
        CPPUNIT_ASSERT_EQUAL(1L, alive.use_count());
    }
    void a_timer_may_arm_itself_again() {
        int fired = 0;
        std::unique_ptr<Timer> timer;
        timer = loop_.make_timer([&] {
            if (++fired < 10) timer->arm(loop_.now() + 1s);
        });
        timer->arm(loop_.now() + 1s);
        loop_.run_for(60s);
        CPPUNIT_ASSERT_EQUAL(10, fired);
    }
    void is_its_thread_while_idle_and_in_its_own_callbacks_alone() {
        VirtualLoop other(clock_);
        CPPUNIT_ASSERT(loop_.on_loop_thread() && other.on_loop_thread());
        bool own = false;
        bool foreign = true;
        loop_.post([&] {
            own = loop_.on_loop_thread();
            foreign = other.on_loop_thread();
        });
        loop_.run_ready();
        CPPUNIT_ASSERT(own && !foreign);
        bool elsewhere = true;
        std::thread([&] { elsewhere = loop_.on_loop_thread(); }).join();
        CPPUNIT_ASSERT(!elsewhere);
    }
    void keeps_what_a_callback_threw_and_goes_on() {
        bool went_on = false;
        loop_.post([] { throw std::runtime_error("boom"); });
        loop_.post([&] { went_on = true; });
        loop_.run_ready();
        CPPUNIT_ASSERT(went_on);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, loop_.errors().size());
        CPPUNIT_ASSERT(loop_.errors()[0].message.find("boom") != std::string::npos);
    }
    void destroys_unrun_what_is_posted_to_an_ended_loop() {
        const auto alive = std::make_shared<int>(0);
        loop_.post([alive] { ++*alive; });
        loop_.end();
        loop_.post([alive] { ++*alive; });
        CPPUNIT_ASSERT_EQUAL(1L, alive.use_count());
        clock_.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(0, *alive);
        CPPUNIT_ASSERT(loop_.ended());
    }
    void a_timer_may_outlive_its_loop() {
        int fired = 0;
        std::unique_ptr<Timer> timer;
        {
            VirtualLoop brief(clock_);
            timer = brief.make_timer([&] { ++fired; });
            timer->arm(brief.now() + 1s);
        }
        CPPUNIT_ASSERT(!timer->armed());
        timer->arm(clock_.now() + 1s);
        clock_.run_for(2s);
        CPPUNIT_ASSERT_EQUAL(0, fired);
    }
    void counts_the_timers_that_live() {
        auto a = loop_.make_timer([] {});
        {
            auto b = loop_.make_timer([] {});
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, loop_.live_timers());
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, loop_.live_timers());
    }
    void watches_no_descriptor() {
        const auto watch = loop_.watch(0, Interest::read, {});
        CPPUNIT_ASSERT(!watch);
        CPPUNIT_ASSERT(watch.error().code == ErrorCode::unsupported);
    }
    void carries_a_hundred_thousand_timers() {
        std::vector<std::unique_ptr<Timer>> timers;
        std::size_t fired = 0;
        for (int i = 0; i < 100'000; ++i) {
            timers.push_back(loop_.make_timer([&] { ++fired; }));
            timers.back()->arm(loop_.now() + (i * 7919 % 100'000) * 1us);
        }
        loop_.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{100'000}, fired);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VirtualLoopTest);

}  // namespace
