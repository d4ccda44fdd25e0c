#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/test_host.h>

#include <stdexcept>

using namespace gantry;
using namespace std::chrono_literals;
using testing::RunOptions;
using testing::TestHost;
using testing::TestHostOptions;
using testing::TestWorld;

namespace {

constexpr const char* kSampleManifest = R"json({
  "name": "sample", "version": "1.0", "license": "MIT", "summary": "A plugin for tests",
  "group": "sample", "schemes": ["sample"],
  "settings": [{"key": "greeting", "default": "hello", "summary": "What to say"}],
  "commands": [
    {"name": "sample say", "summary": "Says words",
     "options": [{"name": "loud", "flag": true, "summary": "In capitals"}],
     "operands": [{"name": "WORD", "repeated": true, "summary": "What to say"}]},
    {"name": "sample serve", "summary": "Accepts and closes connections"},
    {"name": "sample wait", "summary": "Waits", "execution": "blocking"},
    {"name": "sample fail", "summary": "Throws"},
    {"name": "sample leak", "summary": "Leaves things behind"}
  ]})json";

struct SamplePlugin : Plugin {
    Result<void> start(Context& given) override {
        context = &given;
        bind("sample say", [this](auto call) { say(*call); });
        bind("sample serve", [this](auto call) { serve(std::move(call)); });
        bind("sample fail", [](auto) { throw std::runtime_error("on purpose"); });
        bind("sample leak", [this](auto call) {
            leaked = context->loop().make_timer([] {}).release();
            call->finish(Value::object());
        });
        commands.push_back(bind_blocking(given, "sample wait", [](CommandCall& call) {
                               call.job().progress(ByteCount{7});
                               const bool asked = call.job().wait_for_cancel(5s);
                               return Result<Value>(Value::object().set("asked", asked));
                           }).value());
        return {};
    }
    ~SamplePlugin() override {
        if (!keep_leak) delete leaked;
    }
    void bind(std::string_view name, CommandHandler handler) {
        commands.push_back(context->bind_command(name, std::move(handler)).value());
    }
    void say(CommandCall& call) {
        std::string text = context->setting("greeting").value();
        for (const auto& word : call.arguments().operands("WORD")) text += ' ' + word;
        if (call.arguments().flag("loud")) text += '!';
        auto written = call.out().write(text + '\n');
        if (!written) return call.finish(written.error());
        context->emit({.type = "sample.said"});
        call.job().emit({.type = "sample.job"});
        call.finish(Value::object().set("text", text));
    }
    void serve(std::unique_ptr<CommandCall> call) {
        auto made =
            context->connector().listen(context->loop(), {IpAddress::parse("0.0.0.0").value(), 80},
                                        {}, [](std::unique_ptr<Stream>) {});
        if (!made) return call->finish(made.error());
        server = std::move(call);
        listener = std::move(*made);
        server->announce_listening("sample", listener->local());
        cancelled = server->job().on_cancel(context->loop(), [this] {
            listener.reset();
            cancelled.release();
            server->finish(Value::object());
            server.reset();
        });
    }
    Context* context = nullptr;
    std::vector<Registration> commands;
    std::unique_ptr<CommandCall> server;
    std::unique_ptr<Listener> listener;
    Registration cancelled;
    Timer* leaked = nullptr;
    bool keep_leak = false;
};

class TestHostTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TestHostTest);
    CPPUNIT_TEST(runs_a_command_and_answers_all_it_said);
    CPPUNIT_TEST(parses_by_the_manifest);
    CPPUNIT_TEST(gives_settings_and_their_defaults);
    CPPUNIT_TEST(a_server_runs_until_it_is_cancelled);
    CPPUNIT_TEST(two_plugins_meet_on_one_network);
    CPPUNIT_TEST(a_blocking_command_lets_time_go_on);
    CPPUNIT_TEST(a_blocking_command_may_have_a_thread);
    CPPUNIT_TEST(a_handler_that_throws_fails_its_command_alone);
    CPPUNIT_TEST(tells_when_the_reader_has_gone);
    CPPUNIT_TEST(with_json_data_is_dropped_and_messages_are_not);
    CPPUNIT_TEST(records_jobs_and_events);
    CPPUNIT_TEST(reports_what_is_left_behind);
    CPPUNIT_TEST(stopping_ends_a_server);
    CPPUNIT_TEST(refuses_a_bad_manifest_and_an_unbound_command);
    CPPUNIT_TEST(refuses_to_load_without_a_required_service);
    CPPUNIT_TEST_SUITE_END();

    static void stop(TestHost& host) {
        const auto report = host.stop();
        CPPUNIT_ASSERT_MESSAGE(report.to_string(), report.clean());
    }

    void runs_a_command_and_answers_all_it_said() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        const auto result = host.run("sample say 'big world' --loud");
        CPPUNIT_ASSERT(result.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("hello big world!\n"), result.out);
        CPPUNIT_ASSERT_EQUAL(std::string("hello big world!"),
                             *result.value.find("text")->as_string());
        CPPUNIT_ASSERT_EQUAL(0, result.exit_status());
        stop(host);
    }
    void parses_by_the_manifest() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        CPPUNIT_ASSERT(host.run("sample say --lod x").error->code == ErrorCode::usage);
        CPPUNIT_ASSERT(host.run("sample say").error->code == ErrorCode::usage);
        CPPUNIT_ASSERT(host.run("sample sing x").error->code == ErrorCode::usage);
        CPPUNIT_ASSERT(host.run("sample say 'x").error->code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(2, host.run("sample sing").exit_status());
        stop(host);
    }
    void gives_settings_and_their_defaults() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>(),
                      {.settings = {{"greeting", "ahoy"}}});
        CPPUNIT_ASSERT_EQUAL(std::string("ahoy you\n"), host.run("sample say you").out);
        stop(host);
    }
    void a_server_runs_until_it_is_cancelled() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        auto server = host.start("sample serve");
        const auto at = server.wait_until_listening();
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{80}, at.value().port);
        CPPUNIT_ASSERT(!server.wait(10s));
        const auto second = host.run("sample serve");
        CPPUNIT_ASSERT(second.error->code == ErrorCode::network);
        stop(host);
    }
    void two_plugins_meet_on_one_network() {
        TestWorld world(5);
        TestHost server(world, kSampleManifest, std::make_unique<SamplePlugin>(),
                        {.machine = "server"});
        auto serving = server.start("sample serve");
        const auto at = serving.wait_until_listening().value();
        testing::VirtualLoop loop(world.clock());
        bool connected = false;
        auto pending = world.machine("client").connector().connect(
            loop, {"server", at.port}, {}, [&](auto result) { connected = result.ok(); });
        CPPUNIT_ASSERT(world.clock().run_until([&] { return connected; }, 1min));
        serving.cancel();
        CPPUNIT_ASSERT(serving.wait());
        CPPUNIT_ASSERT(serving.result().ok());
        stop(server);
    }
    void a_blocking_command_lets_time_go_on() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        const auto result = host.run("sample wait");
        CPPUNIT_ASSERT(result.elapsed == 5s);
        CPPUNIT_ASSERT(!*result.value.find("asked")->as_bool());
        auto cancelled = host.start("sample wait");
        testing::VirtualLoop outside(host.clock());
        auto timer = outside.make_timer([&] { cancelled.cancel(); });
        timer->arm(host.clock().now() + 1s);
        CPPUNIT_ASSERT(cancelled.wait());
        CPPUNIT_ASSERT(cancelled.result().elapsed == 1s);
        stop(host);
    }
    void a_blocking_command_may_have_a_thread() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>(),
                      {.threads_for_blocking_commands = true});
        const auto result = host.run("sample wait");
        CPPUNIT_ASSERT(result.ok());
        CPPUNIT_ASSERT(result.elapsed >= 5s);
        auto running = host.start("sample wait");
        stop(host);
        CPPUNIT_ASSERT(*running.result().value.find("asked")->as_bool());
    }
    void a_handler_that_throws_fails_its_command_alone() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        const auto failed = host.run("sample fail");
        CPPUNIT_ASSERT(failed.error->message.find("on purpose") != std::string::npos);
        CPPUNIT_ASSERT(host.run("sample say on").ok());
        stop(host);
    }
    void tells_when_the_reader_has_gone() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        const auto result = host.run("sample say much", {.reader_leaves_after = 4});
        CPPUNIT_ASSERT(result.error->code == ErrorCode::closed);
        stop(host);
    }
    void with_json_data_is_dropped_and_messages_are_not() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        const auto result = host.run("sample say x", {.json = true});
        CPPUNIT_ASSERT(result.ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), result.out);
        stop(host);
    }
    void records_jobs_and_events() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        const auto said = host.run("sample say x");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, said.events.size());
        CPPUNIT_ASSERT_EQUAL(std::string("sample.job"), said.events[0].event.type);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, host.events().size());
        (void)host.run("sample wait");
        const auto jobs = host.jobs();
        CPPUNIT_ASSERT_EQUAL(std::string("sample wait"), jobs.at(1).title);
        CPPUNIT_ASSERT(jobs[1].state == JobState::succeeded);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, jobs[1].done().value());
        stop(host);
    }
    void reports_what_is_left_behind() {
        auto plugin = std::make_unique<SamplePlugin>();
        plugin->keep_leak = true;
        Timer*& leaked = plugin->leaked;
        TestHost host(kSampleManifest, std::move(plugin));
        CPPUNIT_ASSERT(host.run("sample leak").ok());
        const std::unique_ptr<Timer> ours(leaked);
        const auto report = host.stop();
        CPPUNIT_ASSERT(report.done && !report.clean());
        CPPUNIT_ASSERT_EQUAL(std::string("left behind: 1 timer\n"), report.to_string());
    }
    void stopping_ends_a_server() {
        TestHost host(kSampleManifest, std::make_unique<SamplePlugin>());
        auto server = host.start("sample serve");
        CPPUNIT_ASSERT(server.wait_until_listening().ok());
        const auto report = host.stop();
        CPPUNIT_ASSERT_MESSAGE(report.to_string(), report.clean());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, report.cancelled_jobs);
        CPPUNIT_ASSERT(server.result().ok());
        CPPUNIT_ASSERT(host.run("sample say x").error->code == ErrorCode::closed);
    }
    void refuses_a_bad_manifest_and_an_unbound_command() {
        struct Idle : Plugin {
            Result<void> start(Context&) override { return {}; }
        };
        TestHost bad("{", std::make_unique<Idle>());
        CPPUNIT_ASSERT(bad.load().error().code == ErrorCode::plugin);
        TestHost idle(kSampleManifest, std::make_unique<Idle>());
        CPPUNIT_ASSERT(idle.load().error().context == "sample say");
        CPPUNIT_ASSERT(idle.run("sample say x").error->code == ErrorCode::plugin);
    }
    void refuses_to_load_without_a_required_service() {
        struct Idle : Plugin {
            Result<void> start(Context&) override { return {}; }
        };
        const char* needy = R"({"name": "needy", "version": "1", "license": "MIT",
            "summary": "Needs", "group": "needy",
            "requires": [{"id": "gantry.transport", "version": 1, "instance": "rudp"}]})";
        TestWorld world;
        TestHost without(world, needy, std::make_unique<Idle>());
        CPPUNIT_ASSERT(without.load().error().context == "gantry.transport 1 (rudp)");
        testing::SimTransport rudp(world.machine("machine").connector());
        const auto provided = world.machine("machine").services().provide<Transport>(rudp, "rudp");
        TestHost with(world, needy, std::make_unique<Idle>());
        CPPUNIT_ASSERT(with.load().ok());
        stop(with);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TestHostTest);

}  // namespace
