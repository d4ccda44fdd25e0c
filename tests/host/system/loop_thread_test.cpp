#include <cppunit/extensions/HelperMacros.h>
#include <gantry/plugin/abi.h>
#include <host/system/loop_thread.h>
#include <pthread.h>
#include <support/usage.h>

#include <array>
#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace gantry;
using gantry::host::LoopThread;

namespace {

class LoopThreadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LoopThreadTest);
    CPPUNIT_TEST(a_post_from_another_thread_wakes_a_loop_that_waits);
    CPPUNIT_TEST(each_threads_tasks_run_in_its_order);
    CPPUNIT_TEST(its_thread_has_the_name_cut_to_fifteen_bytes);
    CPPUNIT_TEST(stop_runs_what_was_posted_before);
    CPPUNIT_TEST(what_is_posted_after_stop_is_destroyed_unrun);
    CPPUNIT_TEST(what_a_last_task_posts_is_destroyed_unrun);
    CPPUNIT_TEST(the_destructor_joins);
    CPPUNIT_TEST(run_and_wait_waits_for_the_end_of_the_task);
    CPPUNIT_TEST(run_and_wait_on_the_loop_itself_runs_at_once);
    CPPUNIT_TEST(run_and_wait_on_an_ended_loop_says_so);
    CPPUNIT_TEST(run_and_wait_answers_what_the_task_throws);
    CPPUNIT_TEST(counts_what_is_alive_on_the_loop);
    CPPUNIT_TEST(a_fault_is_told_with_its_message);
    CPPUNIT_TEST(start_answers_an_error_when_there_is_no_descriptor);
    CPPUNIT_TEST_SUITE_END();

    LoopThread thread_{"loop under test"};

    // The loop is known to wait only by having nothing to do, so several rounds are made.
    void a_post_from_another_thread_wakes_a_loop_that_waits() {
        for (int i = 0; i < 200; ++i) {
            std::promise<void> ran;
            thread_.loop().post([&] { ran.set_value(); });
            CPPUNIT_ASSERT(ran.get_future().wait_for(std::chrono::seconds(20)) ==
                           std::future_status::ready);
        }
    }
    void each_threads_tasks_run_in_its_order() {
        constexpr int kEach = 2000;
        std::array<std::vector<int>, 4> seen;
        std::vector<std::thread> posters;
        for (auto& mine : seen)
            posters.emplace_back([&] {
                for (int i = 0; i < kEach; ++i)
                    thread_.loop().post([&mine, i] { mine.push_back(i); });
            });
        for (std::thread& poster : posters) poster.join();
        CPPUNIT_ASSERT(thread_.run_and_wait([] {}).ok());
        for (const auto& mine : seen) {
            CPPUNIT_ASSERT_EQUAL(std::size_t{kEach}, mine.size());
            CPPUNIT_ASSERT(std::is_sorted(mine.begin(), mine.end()));
        }
    }
    void its_thread_has_the_name_cut_to_fifteen_bytes() {
        LoopThread named("a name of twenty-six bytes");
        std::string name(32, '\0');
        (void)named.run_and_wait(
            [&] { pthread_getname_np(pthread_self(), name.data(), name.size()); });
        CPPUNIT_ASSERT_EQUAL(std::string("a name of twent"), std::string(name.c_str()));
    }
    void stop_runs_what_was_posted_before() {
        int ran = 0;
        for (int i = 0; i < 1000; ++i) thread_.loop().post([&] { ++ran; });
        thread_.stop();
        CPPUNIT_ASSERT_EQUAL(1000, ran);
    }
    void what_is_posted_after_stop_is_destroyed_unrun() {
        thread_.stop();
        auto ran = std::make_shared<bool>(false);
        thread_.loop().post([ran] { *ran = true; });
        CPPUNIT_ASSERT_EQUAL(1L, ran.use_count());
        CPPUNIT_ASSERT(!*ran);
    }
    void what_a_last_task_posts_is_destroyed_unrun() {
        auto ran = std::make_shared<bool>(false);
        thread_.loop().post([this, ran] {
            thread_.loop().stop();
            thread_.loop().post([ran] { *ran = true; });
        });
        thread_.stop();
        CPPUNIT_ASSERT_EQUAL(1L, ran.use_count());
        CPPUNIT_ASSERT(!*ran);
    }
    void the_destructor_joins() {
        int ran = 0;
        {
            LoopThread other("other");
            other.loop().post([&] { ++ran; });
        }
        CPPUNIT_ASSERT_EQUAL(1, ran);
    }
    void run_and_wait_waits_for_the_end_of_the_task() {
        int ran = 0;
        CPPUNIT_ASSERT(thread_.run_and_wait([&] { ++ran; }).ok());
        CPPUNIT_ASSERT_EQUAL(1, ran);
    }
    void run_and_wait_on_the_loop_itself_runs_at_once() {
        bool inner = false;
        bool at_once = false;
        (void)thread_.run_and_wait([&] {
            (void)thread_.run_and_wait([&] { inner = true; });
            at_once = inner;
        });
        CPPUNIT_ASSERT(at_once);
    }
    void run_and_wait_on_an_ended_loop_says_so() {
        thread_.stop();
        bool ran = false;
        const auto refused = thread_.run_and_wait([&] { ran = true; });
        CPPUNIT_ASSERT(!refused.ok());
        CPPUNIT_ASSERT(ErrorCode::closed == refused.error().code);
        CPPUNIT_ASSERT(!ran);
    }
    void run_and_wait_answers_what_the_task_throws() {
        const auto outcome = thread_.run_and_wait([] { throw std::runtime_error("on purpose"); });
        CPPUNIT_ASSERT(!outcome.ok());
        CPPUNIT_ASSERT(outcome.error().message.find("on purpose") != std::string::npos);
    }
    void counts_what_is_alive_on_the_loop() {
        std::unique_ptr<Timer> timer;
        (void)thread_.run_and_wait([&] { timer = thread_.loop().make_timer([] {}); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, thread_.loop().counts().timers);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, thread_.loop().counts().watches);
        (void)thread_.run_and_wait([&] { timer.reset(); });
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, thread_.loop().counts().timers);
    }
    void a_fault_is_told_with_its_message() {
        std::string told;
        thread_.loop().set_fault_handler([&](const Error& e) { told = e.message; });
        thread_.loop().post([] { throw std::runtime_error("the text of the fault"); });
        thread_.stop();
        CPPUNIT_ASSERT(told.find("the text of the fault") != std::string::npos);
    }
    void start_answers_an_error_when_there_is_no_descriptor();
};

void LoopThreadTest::start_answers_an_error_when_there_is_no_descriptor() {
    // The address sanitizer's checks of exceptions need descriptors of their own.
    if (std::string_view(GANTRY_SANITIZER) != "address") {
        const testing::DescriptorLimit none(0);
        auto started = LoopThread::start("none");
        CPPUNIT_ASSERT(!started.ok());
        CPPUNIT_ASSERT(ErrorCode::limit == started.error().code);
    }
    CPPUNIT_ASSERT(LoopThread::start("some").ok());
}

CPPUNIT_TEST_SUITE_REGISTRATION(LoopThreadTest);

}  // namespace
