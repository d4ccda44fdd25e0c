#pragma once

#include <gantry/net/transport.h>
#include <support/conformance/context_base.h>

#include <array>

namespace gantry::testing::conformance {

// What every Context offers. ContextCommandSuite has the running of commands.
template <class Harness>
class ContextSuite : public ContextBase<Harness> {
    CPPUNIT_TEST_SUITE(ContextSuite<Harness>);
    CPPUNIT_TEST(names_the_plugin);
    CPPUNIT_TEST(starts_and_stops_the_plugin_on_its_loop);
    CPPUNIT_TEST(tells_time_and_chance);
    CPPUNIT_TEST(a_command_is_bound_once);
    CPPUNIT_TEST(a_command_that_the_descriptor_lacks_cannot_be_bound);
    CPPUNIT_TEST(a_dropped_binding_can_be_made_anew);
    CPPUNIT_TEST(sessions_are_bound_once_and_for_schemes_of_the_descriptor);
    CPPUNIT_TEST(an_added_loop_is_a_loop_of_its_own);
    CPPUNIT_TEST(loops_have_a_limit);
    CPPUNIT_TEST(a_service_is_provided_once_and_found);
    CPPUNIT_TEST(a_service_that_nobody_provides_is_not_found);
    CPPUNIT_TEST(version_and_instance_tell_services_apart);
    CPPUNIT_TEST(an_observer_hears_what_comes_and_goes);
    CPPUNIT_TEST(an_observer_hears_of_what_is_there_already);
    CPPUNIT_TEST(a_dropped_observer_hears_nothing);
    CPPUNIT_TEST(the_tcp_transport_is_there);
    CPPUNIT_TEST(a_setting_is_what_was_set_or_its_default);
    CPPUNIT_TEST(the_pool_works_off_the_loop_and_answers_on_it);
    CPPUNIT_TEST(a_missing_folder_is_made_only_when_asked);
    CPPUNIT_TEST(a_store_keeps_its_files);
    CPPUNIT_TEST(a_job_of_its_own_is_seen_and_ends);
    CPPUNIT_TEST(a_job_dropped_unfinished_has_failed);
    CPPUNIT_TEST(children_are_jobs);
    CPPUNIT_TEST(events_go_out);
    CPPUNIT_TEST(the_connector_reaches_a_listener);
    CPPUNIT_TEST_SUITE_END();

    using Base = ContextBase<Harness>;
    using Base::context;
    using Base::expect;
    using Base::harness_;
    using Base::on;
    using Base::on_loop;
    using Base::probe;
    using Base::settle;
    using Base::wait;

    // Counts what an observer hears, on the plugin's loop.
    struct Heard {
        int arrived = 0;
        int leaving = 0;
        Registration registration;
    };
    void observe(Heard& heard) {
        on_loop([&] {
            heard.registration =
                context().services().template observe<Lamp>([&](ServiceChange change) {
                    ++(change == ServiceChange::arrived ? heard.arrived : heard.leaving);
                });
        });
    }

    void names_the_plugin() {
        CPPUNIT_ASSERT_EQUAL(std::string("probe"), std::string(context().plugin_name()));
    }
    void starts_and_stops_the_plugin_on_its_loop() {
        CPPUNIT_ASSERT(probe().started_on_loop);
        bool inside = false;
        on_loop([&] { inside = context().loop().on_loop_thread(); });
        CPPUNIT_ASSERT(inside);
        CPPUNIT_ASSERT(harness_.stop());
    }
    void tells_time_and_chance() {
        const TimePoint before = context().clock().now();
        settle();
        CPPUNIT_ASSERT(context().clock().now() >= before);
        std::array<std::byte, 32> one{};
        std::array<std::byte, 32> two{};
        context().random().fill(one);
        context().random().fill(two);
        CPPUNIT_ASSERT(one != two);
    }
    void a_command_is_bound_once() {
        expect(ErrorCode::exists, context().bind_command("probe event", [](auto) {}));
    }
    void a_command_that_the_descriptor_lacks_cannot_be_bound() {
        expect(ErrorCode::usage, context().bind_command("probe dance", [](auto) {}));
        expect(ErrorCode::usage, context().bind_command("event", [](auto) {}));
    }
    void a_dropped_binding_can_be_made_anew() {
        probe().spare.release();
        auto bound = context().bind_command("probe spare", [](auto) {});
        CPPUNIT_ASSERT(bound.ok());
        CPPUNIT_ASSERT(bound->active());
    }
    void sessions_are_bound_once_and_for_schemes_of_the_descriptor() {
        struct Opener : SessionOpener {
            SessionOpened open(const std::string&, const Arguments&,
                               CancelToken&) noexcept override {
                return make_error(ErrorCode::unsupported, "probe", "opens nothing");
            }
        } opener;
        expect(ErrorCode::usage, context().bind_sessions("gopher", opener));
        auto bound = context().bind_sessions("probe", opener);
        CPPUNIT_ASSERT(bound.ok());
        expect(ErrorCode::exists, context().bind_sessions("probe", opener));
        bound->release();
        CPPUNIT_ASSERT(context().bind_sessions("probe", opener).ok());
    }
    void an_added_loop_is_a_loop_of_its_own() {
        EventLoop& added = *context().add_loop("added").value();
        bool on_added = false;
        bool on_main = true;
        on(added, [&] {
            on_added = added.on_loop_thread();
            on_main = context().loop().on_loop_thread();
        });
        CPPUNIT_ASSERT(on_added && !on_main);
    }
    void loops_have_a_limit() {
        for (std::size_t i = 1; i < Context::kMaxLoops; ++i)
            CPPUNIT_ASSERT(context().add_loop("more").ok());
        expect(ErrorCode::limit, context().add_loop("one too many"));
    }
    void a_service_is_provided_once_and_found() {
        Lamp lamp;
        auto provided = context().services().provide(lamp);
        CPPUNIT_ASSERT(provided.ok());
        expect(ErrorCode::exists, context().services().provide(lamp));
        {
            const auto found = context().services().template require<Lamp>();
            CPPUNIT_ASSERT(found.ok());
            CPPUNIT_ASSERT(&**found == &lamp);
        }
        provided->release();
        expect(ErrorCode::not_found, context().services().template require<Lamp>());
    }
    void a_service_that_nobody_provides_is_not_found() {
        expect(ErrorCode::not_found, context().services().template require<Lamp>());
    }
    void version_and_instance_tell_services_apart() {
        Lamp plain;
        Lamp red;
        NewLamp newer;
        const auto a = context().services().provide(plain);
        const auto b = context().services().provide(red, "red");
        const auto c = context().services().provide(newer);
        CPPUNIT_ASSERT(a.ok() && b.ok() && c.ok());
        auto found = context().services().template require<Lamp>("red");
        CPPUNIT_ASSERT(&**found == &red);
        auto found_newer = context().services().template require<NewLamp>();
        CPPUNIT_ASSERT(&**found_newer == &newer);
        expect(ErrorCode::not_found, context().services().template require<Lamp>("green"));
    }
    void an_observer_hears_what_comes_and_goes() {
        Heard heard;
        observe(heard);
        settle();
        CPPUNIT_ASSERT_EQUAL(0, heard.arrived);
        Lamp lamp;
        auto provided = context().services().provide(lamp);
        settle();
        CPPUNIT_ASSERT_EQUAL(1, heard.arrived);
        CPPUNIT_ASSERT_EQUAL(0, heard.leaving);
        provided->release();
        settle();
        CPPUNIT_ASSERT_EQUAL(1, heard.leaving);
        on_loop([&] { heard.registration.release(); });
    }
    void an_observer_hears_of_what_is_there_already() {
        Lamp lamp;
        const auto provided = context().services().provide(lamp);
        Heard heard;
        observe(heard);
        settle();
        CPPUNIT_ASSERT_EQUAL(1, heard.arrived);
        on_loop([&] { heard.registration.release(); });
    }
    void a_dropped_observer_hears_nothing() {
        Heard heard;
        observe(heard);
        on_loop([&] { heard.registration.release(); });
        Lamp lamp;
        const auto provided = context().services().provide(lamp);
        settle();
        CPPUNIT_ASSERT_EQUAL(0, heard.arrived);
    }
    void the_tcp_transport_is_there() {
        CPPUNIT_ASSERT(context().services().template require<Transport>("tcp").ok());
    }
    void a_setting_is_what_was_set_or_its_default() {
        CPPUNIT_ASSERT_EQUAL(std::string("green"), context().setting("colour").value());
        CPPUNIT_ASSERT_EQUAL(std::string("small"), context().setting("size").value());
        CPPUNIT_ASSERT(!context().setting("shape").has_value());
        CPPUNIT_ASSERT(!context().setting("undeclared").has_value());
    }
    void the_pool_works_off_the_loop_and_answers_on_it() {
        std::atomic<int> worked = 0;  // 1: off the loop
        std::atomic<int> answered = 0;
        const auto accepted = context().blocking_pool().submit(
            [&] { worked = context().loop().on_loop_thread() ? 2 : 1; }, context().loop(),
            [&] { answered = context().loop().on_loop_thread() ? 1 : 2; });
        CPPUNIT_ASSERT(accepted.ok());
        wait([&] { return answered != 0; });
        CPPUNIT_ASSERT_EQUAL(1, worked.load());
        CPPUNIT_ASSERT_EQUAL(1, answered.load());
    }
    void a_missing_folder_is_made_only_when_asked() {
        const auto missing = harness_.folder() + "/deep/er";
        expect(ErrorCode::not_found, context().open_store(missing, false));
        CPPUNIT_ASSERT(context().open_store(missing, true).ok());
        CPPUNIT_ASSERT(context().open_store(missing, false).ok());
    }
    void a_store_keeps_its_files() {
        {
            const auto store = context().open_store(harness_.folder(), false).value();
            const auto file = store->open("name", OpenMode::create).value();
            const ByteView text = as_bytes("content");
            CPPUNIT_ASSERT(file->write_at(0, std::span(&text, 1)).ok());
        }
        const auto store = context().open_store(harness_.folder(), false).value();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, store->status("name").value().identity.size);
    }
    void a_job_of_its_own_is_seen_and_ends() {
        const auto job = context().start_job("upkeep");
        CPPUNIT_ASSERT(job->id().value() > 0);
        CPPUNIT_ASSERT(harness_.job_state("upkeep") == JobState::running);
        job->set_total(ByteCount{10});
        job->progress(ByteCount{4});
        job->set_title("upkeep, second half");
        job->finish({});
        CPPUNIT_ASSERT(harness_.job_state("upkeep, second half") == JobState::succeeded);
    }
    void a_job_dropped_unfinished_has_failed() {
        { const auto job = context().start_job("forgotten"); }
        CPPUNIT_ASSERT(harness_.job_state("forgotten") == JobState::failed);
    }
    void children_are_jobs() {
        const auto job = context().start_job("parent");
        const auto child = job->child("child");
        CPPUNIT_ASSERT(child->id() != job->id());
        child->finish(make_error(ErrorCode::network, "probe", "on purpose"));
        CPPUNIT_ASSERT(harness_.job_state("child") == JobState::failed);
        CPPUNIT_ASSERT(harness_.job_state("parent") == JobState::running);
        job->finish({});
    }
    void events_go_out() {
        context().emit({.type = "probe.tried", .fields = Value::object().set("n", 7)});
        const auto job = context().start_job("upkeep");
        job->emit({.type = "probe.worked"});
        job->finish({});
        const auto events = harness_.events();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("probe.tried"), events[0].type);
        CPPUNIT_ASSERT(*events[0].fields.find("n") == Value(7));
        CPPUNIT_ASSERT_EQUAL(std::string("probe.worked"), events[1].type);
    }
    void the_connector_reaches_a_listener() {
        struct Ends {
            std::unique_ptr<Listener> listener;
            std::unique_ptr<Stream> accepted, connected;
            Registration connecting;
        } ends;
        std::atomic<int> made = 0;
        on_loop([&] {
            auto& loop = context().loop();
            const Endpoint any{IpAddress::parse("127.0.0.1").value(), 0};
            ends.listener =
                context()
                    .connector()
                    .listen(loop, any, {}, [&](auto s) { ends.accepted = std::move(s), ++made; })
                    .value();
            const HostPort to{"127.0.0.1", ends.listener->local().port};
            ends.connecting = context().connector().connect(loop, to, {}, [&](auto s) {
                ends.connected = std::move(s).value();
                ++made;
            });
        });
        wait([&] { return made == 2; });
        on_loop([&] { ends = {}; });
        CPPUNIT_ASSERT(harness_.stop());
    }
};

}  // namespace gantry::testing::conformance
