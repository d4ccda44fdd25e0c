#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/virtual_loop.h>
#include <host/runtime/event_bus.h>
#include <host/runtime/job_table.h>

#include <thread>

using namespace gantry;
using host::JobSnapshot;
using host::JobTable;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

class JobTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JobTableTest);
    CPPUNIT_TEST(numbers_jobs_from_one_and_lists_them_in_order);
    CPPUNIT_TEST(tells_progress_rate_and_time_left);
    CPPUNIT_TEST(an_outcome_becomes_a_state);
    CPPUNIT_TEST(a_dropped_job_fails);
    CPPUNIT_TEST(cancel_runs_the_task_once_on_its_loop);
    CPPUNIT_TEST(a_task_for_a_cancelled_job_runs_in_a_later_turn);
    CPPUNIT_TEST(a_dropped_registration_keeps_a_queued_task_from_running);
    CPPUNIT_TEST(children_are_cancelled_with_their_parent);
    CPPUNIT_TEST(a_child_of_a_cancelled_job_is_cancelled_from_its_start);
    CPPUNIT_TEST(children_over_the_limit_work_without_a_line);
    CPPUNIT_TEST(events_come_in_order_and_progress_at_most_ten_times_a_second);
    CPPUNIT_TEST(ended_jobs_are_kept_up_to_the_limit);
    CPPUNIT_TEST(cancel_names_a_job_that_is_not_there);
    CPPUNIT_TEST(cancel_all_takes_the_jobs_of_one_plugin);
    CPPUNIT_TEST(wait_ends_with_the_job_or_the_limit);
    CPPUNIT_TEST(wait_for_cancel_wakes_at_once);
    CPPUNIT_TEST(abandoned_jobs_fail_and_their_tasks_are_destroyed);
    CPPUNIT_TEST(a_forgotten_loop_gets_no_task);
    CPPUNIT_TEST(a_job_may_outlive_the_table);
    CPPUNIT_TEST(the_loop_reports_a_task_that_throws);
    CPPUNIT_TEST_SUITE_END();

    testing::VirtualClock clock_;
    testing::VirtualLoop loop_{clock_};
    host::EventBus bus_{clock_};
    std::optional<JobTable> table_{std::in_place, clock_, bus_};
    std::vector<std::string> events_;
    Registration keep_ = bus_.subscribe([this](const host::PublishedEvent& e) {
        events_.push_back(std::to_string(e.job.value()) + " " + e.event.type);
    });

    JobState state(const std::unique_ptr<Job>& job) { return table_->find(job->id())->state; }
    static Error cancelled() { return make_error(ErrorCode::cancelled, "t", "stopped"); }

    void numbers_jobs_from_one_and_lists_them_in_order() {
        auto a = table_->start("cs", "first");
        auto b = table_->start("lftp", "second");
        const auto all = table_->snapshot();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT(all[0].id == JobId(1) && all[1].id == JobId(2));
        CPPUNIT_ASSERT_EQUAL(std::string("first"), all[0].title);
        CPPUNIT_ASSERT_EQUAL(std::string("lftp"), all[1].plugin);
    }
    void tells_progress_rate_and_time_left() {
        auto job = table_->start("cs", "get");
        job->set_total(ByteCount(10'000));
        job->set_title("get a.bin");
        for (int i = 1; i <= 20; ++i) {
            clock_.advance(milliseconds(100));
            job->progress(ByteCount(static_cast<std::uint64_t>(i) * 100));
        }
        const auto seen = *table_->find(job->id());
        CPPUNIT_ASSERT_EQUAL(std::string("get a.bin"), seen.title);
        CPPUNIT_ASSERT(seen.done == ByteCount(2000) && seen.total == ByteCount(10'000));
        CPPUNIT_ASSERT(seen.rate == BytesPerSecond(1000));
        CPPUNIT_ASSERT(seen.time_left == seconds(8));
        CPPUNIT_ASSERT(seen.elapsed == seconds(2));
    }
    void an_outcome_becomes_a_state() {
        auto good = table_->start("cs", "a");
        auto bad = table_->start("cs", "b");
        auto stopped = table_->start("cs", "c");
        auto half = table_->start("cs", "d");
        good->finish({});
        bad->finish(make_error(ErrorCode::interrupted, "cs", "lost"));
        stopped->finish(cancelled());
        CPPUNIT_ASSERT(table_->cancel(half->id()).ok());
        CPPUNIT_ASSERT(state(half) == JobState::cancelling);
        half->finish(make_error(ErrorCode::interrupted, "cs", "stopped half way"));
        CPPUNIT_ASSERT(state(good) == JobState::succeeded);
        CPPUNIT_ASSERT(state(bad) == JobState::failed);
        CPPUNIT_ASSERT(state(stopped) == JobState::cancelled);
        CPPUNIT_ASSERT(state(half) == JobState::cancelled);
        good->finish(cancelled());
        CPPUNIT_ASSERT_MESSAGE("the first outcome stays", state(good) == JobState::succeeded);
    }
    void a_dropped_job_fails() {
        table_->start("cs", "a").reset();
        const auto seen = table_->snapshot().at(0);
        CPPUNIT_ASSERT(seen.state == JobState::failed);
        CPPUNIT_ASSERT(seen.error.has_value());
    }
    void cancel_runs_the_task_once_on_its_loop() {
        auto job = table_->start("cs", "a");
        int runs = 0;
        auto keep = job->on_cancel(loop_, [&] { runs += loop_.on_loop_thread() ? 1 : 100; });
        CPPUNIT_ASSERT(!job->cancel_requested());
        CPPUNIT_ASSERT(table_->cancel(job->id()).ok());
        CPPUNIT_ASSERT(job->cancel_requested());
        CPPUNIT_ASSERT_EQUAL(0, runs);
        CPPUNIT_ASSERT(table_->cancel(job->id()).ok());
        loop_.run_ready();
        CPPUNIT_ASSERT_EQUAL(1, runs);
    }
    void a_task_for_a_cancelled_job_runs_in_a_later_turn() {
        auto job = table_->start("cs", "a");
        CPPUNIT_ASSERT(table_->cancel(job->id()).ok());
        int runs = 0;
        auto keep = job->on_cancel(loop_, [&] { ++runs; });
        CPPUNIT_ASSERT_EQUAL(0, runs);
        loop_.run_ready();
        CPPUNIT_ASSERT_EQUAL(1, runs);
    }
    void a_dropped_registration_keeps_a_queued_task_from_running() {
        auto job = table_->start("cs", "a");
        auto alive = std::make_shared<int>(0);
        auto keep = job->on_cancel(loop_, [alive] { ++*alive; });
        CPPUNIT_ASSERT(table_->cancel(job->id()).ok());
        keep.release();
        CPPUNIT_ASSERT_EQUAL_MESSAGE("destroyed at once", 1L, alive.use_count());
        loop_.run_ready();
        CPPUNIT_ASSERT_EQUAL(0, *alive);
    }
    void children_are_cancelled_with_their_parent() {
        auto parent = table_->start("cs", "get");
        auto child = parent->child("a.bin");
        auto grandchild = child->child("part");
        auto other = table_->start("cs", "other");
        CPPUNIT_ASSERT(table_->find(child->id())->parent == parent->id());
        CPPUNIT_ASSERT(table_->cancel(parent->id()).ok());
        CPPUNIT_ASSERT(child->cancel_requested() && grandchild->cancel_requested());
        CPPUNIT_ASSERT(!other->cancel_requested());
    }
    void a_child_of_a_cancelled_job_is_cancelled_from_its_start() {
        auto parent = table_->start("cs", "get");
        CPPUNIT_ASSERT(table_->cancel(parent->id()).ok());
        CPPUNIT_ASSERT(parent->child("late")->cancel_requested());
    }
    void children_over_the_limit_work_without_a_line() {
        auto parent = table_->start("cs", "get");
        std::vector<std::unique_ptr<Job>> children;
        for (std::size_t i = 0; i < JobTable::kMaxChildren; ++i)
            children.push_back(parent->child("c"));
        const auto lines = table_->snapshot().size();
        auto more = parent->child("one too many");
        CPPUNIT_ASSERT_EQUAL(lines, table_->snapshot().size());
        CPPUNIT_ASSERT(table_->cancel(parent->id()).ok());
        CPPUNIT_ASSERT(more->cancel_requested());
        children.front()->finish({});
        auto fits = parent->child("fits again");
        CPPUNIT_ASSERT(fits->id() != parent->id());
    }
    void events_come_in_order_and_progress_at_most_ten_times_a_second() {
        auto job = table_->start("cs", "get");
        for (int i = 1; i <= 1000; ++i) {
            clock_.advance(milliseconds(1));
            job->progress(ByteCount(static_cast<std::uint64_t>(i)));
        }
        job->emit({"cs.note", 1, Value()});
        CPPUNIT_ASSERT(table_->cancel(job->id()).ok());
        job->finish(cancelled());
        const auto progress = std::count(events_.begin(), events_.end(), "1 job.progress");
        CPPUNIT_ASSERT_EQUAL(10L, static_cast<long>(progress));
        std::erase(events_, "1 job.progress");
        CPPUNIT_ASSERT((events_ == std::vector<std::string>{"1 job.started", "1 cs.note",
                                                            "1 job.cancelling", "1 job.finished"}));
    }
    void ended_jobs_are_kept_up_to_the_limit() {
        auto running = table_->start("cs", "stays");
        for (std::size_t i = 0; i < JobTable::kKept + 5; ++i) table_->start("cs", "x")->finish({});
        CPPUNIT_ASSERT_EQUAL(JobTable::kKept + 1, table_->snapshot().size());
        CPPUNIT_ASSERT(table_->find(running->id()).has_value());
        CPPUNIT_ASSERT(!table_->find(JobId(2)).has_value());
    }
    void cancel_names_a_job_that_is_not_there() {
        const auto answer = table_->cancel(JobId(42));
        CPPUNIT_ASSERT(!answer.ok() && answer.error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(answer.error().message.find("%42") != std::string::npos);
    }
    void cancel_all_takes_the_jobs_of_one_plugin() {
        auto a = table_->start("cs", "a");
        auto b = table_->start("cs", "b");
        auto c = table_->start("lftp", "c");
        b->finish({});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, table_->cancel_all("cs"));
        CPPUNIT_ASSERT(a->cancel_requested() && !c->cancel_requested());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, table_->running("cs"));
    }
    void wait_ends_with_the_job_or_the_limit() {
        auto job = table_->start("cs", "a");
        CPPUNIT_ASSERT(!table_->wait(job->id(), milliseconds(1)));
        std::thread worker([&] { job->finish({}); });
        CPPUNIT_ASSERT(table_->wait(job->id(), Duration::max()));
        worker.join();
        CPPUNIT_ASSERT(table_->wait(JobId(99), milliseconds(1)));
    }
    void wait_for_cancel_wakes_at_once() {
        auto job = table_->start("cs", "a");
        CPPUNIT_ASSERT(!job->wait_for_cancel(milliseconds(1)));
        std::thread other([&] { CPPUNIT_ASSERT(table_->cancel(job->id()).ok()); });
        CPPUNIT_ASSERT(job->wait_for_cancel(std::chrono::hours(1)));
        other.join();
    }
    void abandoned_jobs_fail_and_their_tasks_are_destroyed() {
        auto job = table_->start("cs", "a");
        auto alive = std::make_shared<int>(0);
        auto keep = job->on_cancel(loop_, [alive] { ++*alive; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, table_->abandon("cs"));
        CPPUNIT_ASSERT_EQUAL(1L, alive.use_count());
        CPPUNIT_ASSERT(state(job) == JobState::cancelled);
        job->progress(ByteCount(5));
    }
    void a_forgotten_loop_gets_no_task() {
        auto job = table_->start("cs", "a");
        auto alive = std::make_shared<int>(0);
        auto keep = job->on_cancel(loop_, [alive] { ++*alive; });
        table_->forget_loop(loop_);
        CPPUNIT_ASSERT_EQUAL(1L, alive.use_count());
        CPPUNIT_ASSERT(table_->cancel(job->id()).ok());
        loop_.run_ready();
        CPPUNIT_ASSERT_EQUAL(0, *alive);
    }
    void a_job_may_outlive_the_table() {
        auto job = table_->start("cs", "a");
        const auto before = events_.size();
        table_.reset();
        job->emit({"late", 1, Value()});
        job->finish({});
        CPPUNIT_ASSERT_EQUAL(before, events_.size());
    }
    void the_loop_reports_a_task_that_throws() {
        auto job = table_->start("cs", "a");
        auto keep = job->on_cancel(loop_, [] { throw std::runtime_error("oh no"); });
        CPPUNIT_ASSERT(table_->cancel(job->id()).ok());
        loop_.run_ready();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, loop_.errors().size());
        CPPUNIT_ASSERT(loop_.errors()[0].message.find("oh no") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JobTableTest);

}  // namespace
