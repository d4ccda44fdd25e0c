#pragma once

#include <support/conformance/context_base.h>

#include <stdexcept>

namespace gantry::testing::conformance {

// How every host runs a plugin's commands.
template <class Harness>
class ContextCommandSuite : public ContextBase<Harness> {
    CPPUNIT_TEST_SUITE(ContextCommandSuite<Harness>);
    CPPUNIT_TEST(a_command_answers_what_it_was_asked);
    CPPUNIT_TEST(an_event_command_runs_on_the_loop);
    CPPUNIT_TEST(a_blocking_command_does_not);
    CPPUNIT_TEST(an_error_comes_back_whole);
    CPPUNIT_TEST(a_failure_may_have_fields);
    CPPUNIT_TEST(a_command_may_finish_later);
    CPPUNIT_TEST(a_command_dropped_unfinished_has_failed);
    CPPUNIT_TEST(a_handler_that_throws_fails_its_command_alone);
    CPPUNIT_TEST(with_json_data_is_dropped);
    CPPUNIT_TEST(local_paths_start_from_the_callers_folder);
    CPPUNIT_TEST(announces_where_it_listens);
    CPPUNIT_TEST(its_job_bears_its_line_and_ends_with_it);
    CPPUNIT_TEST(cancelling_runs_the_listener_on_its_loop);
    CPPUNIT_TEST(a_listener_after_the_fact_runs_in_a_later_turn);
    CPPUNIT_TEST(a_dropped_listener_does_not_run);
    CPPUNIT_TEST(children_are_cancelled_too);
    CPPUNIT_TEST(a_blocking_command_waits_for_cancellation);
    CPPUNIT_TEST(waiting_for_cancellation_has_a_limit);
    CPPUNIT_TEST(stopping_the_plugin_cancels_what_runs);
    CPPUNIT_TEST_SUITE_END();

    using Base = ContextBase<Harness>;
    using Base::context;
    using Base::ended;
    using Base::harness_;
    using Base::on_loop;
    using Base::probe;
    using Base::run;
    using Base::settle;
    using Base::wait;
    using Call = std::unique_ptr<CommandCall>;

    static Error cancelled() { return make_error(ErrorCode::cancelled, "probe", "was cancelled"); }
    // Starts "probe event" with a handler that keeps the call here.
    void hold() {
        probe().set_handler([this](Call call) {
            held_ = std::move(call);
            holds_ = true;
        });
        harness_.start("probe event", false);
        wait([this] { return holds_.load(); });
    }

  public:
    void a_command_answers_what_it_was_asked() {
        const auto outcome = run("probe event one two --count 7", [](Call call) {
            std::string text;
            for (const auto& word : call->arguments().operands("WORD")) text += word + ' ';
            text += std::to_string(*call->arguments().integer("count"));
            (void)call->out().write(text);
            (void)call->messages().write("note");
            call->finish(Value::object().set("done", true));
        });
        CPPUNIT_ASSERT(!outcome.error);
        CPPUNIT_ASSERT_EQUAL(std::string("one two 7"), outcome.out);
        CPPUNIT_ASSERT_EQUAL(std::string("note"), outcome.messages);
        CPPUNIT_ASSERT(*outcome.value.find("done") == Value(true));
    }
    void an_event_command_runs_on_the_loop() {
        std::atomic<bool> inside = false;
        (void)run("probe event", [&](Call call) {
            inside = context().loop().on_loop_thread();
            call->finish(Value());
        });
        CPPUNIT_ASSERT(inside);
    }
    void a_blocking_command_does_not() {
        std::atomic<bool> inside = true;
        (void)run("probe block", [&](Call call) {
            inside = context().loop().on_loop_thread();
            call->finish(Value());
        });
        CPPUNIT_ASSERT(!inside);
    }
    void an_error_comes_back_whole() {
        const Error error = make_error(ErrorCode::integrity, "probe", "does not fit", "a file");
        const auto outcome = run("probe event", [&](Call call) { call->finish(error); });
        CPPUNIT_ASSERT(outcome.error == error);
    }
    void a_failure_may_have_fields() {
        const auto outcome = run("probe event", [](Call call) {
            call->fail(make_error(ErrorCode::partial, "probe", "in part"),
                       Value::object().set("failed", 2));
        });
        CPPUNIT_ASSERT(outcome.error->code == ErrorCode::partial);
        CPPUNIT_ASSERT(*outcome.value.find("failed") == Value(2));
    }
    void a_command_may_finish_later() {
        hold();
        settle();
        CPPUNIT_ASSERT(!harness_.outcome());
        on_loop([this] {
            held_->finish(Value());
            held_.reset();
        });
        CPPUNIT_ASSERT(!ended().error);
    }
    void a_command_dropped_unfinished_has_failed() {
        CPPUNIT_ASSERT(run("probe event", [](Call) {}).error.has_value());
    }
    void a_handler_that_throws_fails_its_command_alone() {
        for (const char* line : {"probe event", "probe block"}) {
            const auto outcome = run(line, [](Call) { throw std::runtime_error("on purpose"); });
            CPPUNIT_ASSERT(outcome.error.has_value());
            CPPUNIT_ASSERT(!run(line, [](Call call) { call->finish(Value()); }).error);
        }
    }
    void with_json_data_is_dropped() {
        std::atomic<bool> told = false;
        const auto outcome = run(
            "probe event",
            [&](Call call) {
                told = call->json();
                (void)call->out().write("data");
                (void)call->messages().write("words");
                call->finish(Value());
            },
            true);
        CPPUNIT_ASSERT(told);
        CPPUNIT_ASSERT_EQUAL(std::string(), outcome.out);
        CPPUNIT_ASSERT_EQUAL(std::string("words"), outcome.messages);
    }
    void local_paths_start_from_the_callers_folder() {
        const auto outcome = run("probe event", [](Call call) {
            call->finish(Value::object()
                             .set("relative", call->local_path("a/b"))
                             .set("absolute", call->local_path("/a/b")));
        });
        CPPUNIT_ASSERT(*outcome.value.find("relative") == Value(harness_.folder() + "/a/b"));
        CPPUNIT_ASSERT(*outcome.value.find("absolute") == Value("/a/b"));
    }
    void announces_where_it_listens() {
        const auto at = Endpoint::parse("127.0.0.1:4711").value();
        const auto outcome = run("probe event", [&](Call call) {
            call->announce_listening("probe", at);
            call->finish(Value());
        });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, outcome.listening.size());
        CPPUNIT_ASSERT_EQUAL(std::string("probe"), outcome.listening[0].first);
        CPPUNIT_ASSERT(outcome.listening[0].second == at);
    }
    void its_job_bears_its_line_and_ends_with_it() {
        hold();
        CPPUNIT_ASSERT(harness_.job_state("probe event") == JobState::running);
        on_loop([this] {
            held_->finish(make_error(ErrorCode::network, "probe", "on purpose"));
            held_.reset();
        });
        (void)ended();
        CPPUNIT_ASSERT(harness_.job_state("probe event") == JobState::failed);
    }
    void cancelling_runs_the_listener_on_its_loop() {
        hold();
        on_loop([this] {
            listener_ = held_->job().on_cancel(context().loop(), [this] {
                held_->finish(context().loop().on_loop_thread() ? cancelled() : Error{});
                listener_.release();
                held_.reset();
            });
        });
        settle();
        CPPUNIT_ASSERT(!harness_.outcome());
        harness_.cancel();
        CPPUNIT_ASSERT(ended().error->code == ErrorCode::cancelled);
        CPPUNIT_ASSERT(harness_.job_state("probe event") == JobState::cancelled);
        CPPUNIT_ASSERT(harness_.stop());
    }
    void a_listener_after_the_fact_runs_in_a_later_turn() {
        hold();
        harness_.cancel();
        wait([this] { return held_->job().cancel_requested(); });
        bool within = true;
        std::atomic<bool> ran = false;
        on_loop([&] {
            listener_ = held_->job().on_cancel(context().loop(), [&] { ran = true; });
            within = ran;
        });
        wait([&] { return ran.load(); });
        CPPUNIT_ASSERT(!within);
        finish_held();
    }
    void a_dropped_listener_does_not_run() {
        hold();
        std::atomic<bool> ran = false;
        on_loop([&] {
            listener_ = held_->job().on_cancel(context().loop(), [&] { ran = true; });
            listener_.release();
        });
        harness_.cancel();
        wait([this] { return held_->job().cancel_requested(); });
        settle();
        CPPUNIT_ASSERT(!ran);
        finish_held();
    }
    void children_are_cancelled_too() {
        hold();
        auto child = held_->job().child("part");
        harness_.cancel();
        wait([&] { return child->cancel_requested(); });
        const auto late = held_->job().child("late part");
        CPPUNIT_ASSERT(late->cancel_requested());
        child->finish(cancelled());
        late->finish(cancelled());
        finish_held();
    }
    void a_blocking_command_waits_for_cancellation() {
        std::unique_ptr<Timer> timer;
        on_loop([&] { timer = context().loop().make_timer([this] { harness_.cancel(); }); });
        const auto outcome = run("probe block", [&](Call call) {
            context().loop().post(
                [&] { timer->arm(context().loop().now() + std::chrono::milliseconds(50)); });
            while (!call->job().wait_for_cancel(std::chrono::milliseconds(20))) continue;
            call->finish(cancelled());
        });
        CPPUNIT_ASSERT(outcome.error->code == ErrorCode::cancelled);
        on_loop([&] { timer.reset(); });
    }
    void waiting_for_cancellation_has_a_limit() {
        std::atomic<bool> answer = true;
        TimePoint before{};
        TimePoint after{};
        (void)run("probe block", [&](Call call) {
            before = context().clock().now();
            answer = call->job().wait_for_cancel(std::chrono::milliseconds(20));
            after = context().clock().now();
            call->finish(Value());
        });
        CPPUNIT_ASSERT(!answer);
        CPPUNIT_ASSERT(after - before >= std::chrono::milliseconds(20));
    }
    void stopping_the_plugin_cancels_what_runs() {
        hold();
        on_loop([this] {
            listener_ = held_->job().on_cancel(context().loop(), [this] {
                held_->finish(cancelled());
                listener_.release();
                held_.reset();
            });
        });
        CPPUNIT_ASSERT(harness_.stop());
        CPPUNIT_ASSERT(ended().error->code == ErrorCode::cancelled);
    }

  private:
    void finish_held() {
        on_loop([this] {
            listener_.release();
            held_->finish(cancelled());
            held_.reset();
        });
        (void)ended();
    }

    Call held_;
    std::atomic<bool> holds_ = false;
    Registration listener_;
};

}  // namespace gantry::testing::conformance
