#include <cstring>
#include <list>

#include "manager_fixture.h"

using namespace gantry;
using namespace gantry::host;

namespace {

class PluginCommandsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginCommandsTest);
    CPPUNIT_TEST(runs_an_event_command_on_the_loop);
    CPPUNIT_TEST(drops_the_text_of_a_json_run);
    CPPUNIT_TEST(tells_events_with_the_plugins_name);
    CPPUNIT_TEST(a_setting_comes_from_the_configuration_or_the_descriptor);
    CPPUNIT_TEST(cancels_an_event_command_and_nothing_else);
    CPPUNIT_TEST(cancels_a_blocking_command);
    CPPUNIT_TEST(works_on_the_pool_and_on_a_second_loop);
    CPPUNIT_TEST(a_call_that_is_dropped_fails_its_command);
    CPPUNIT_TEST(what_an_event_handler_throws_is_the_commands_error);
    CPPUNIT_TEST(what_a_blocking_handler_throws_is_the_commands_error);
    CPPUNIT_TEST(what_a_posted_task_throws_is_logged_and_the_loop_goes_on);
    CPPUNIT_TEST(the_job_bears_the_line_and_ends_with_the_command);
    CPPUNIT_TEST(blocking_commands_have_a_cap);
    CPPUNIT_TEST(an_unknown_command_is_not_found);
    CPPUNIT_TEST(no_command_starts_while_its_plugin_stops);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ManagerFixture> fixture_;
    ManagerFixture& f() { return *fixture_; }

  public:
    void setUp() override { fixture_.emplace(); }
    void tearDown() override { fixture_.reset(); }

  private:
    JobId start(Run& run) {
        const auto id = f().manager().start(run.request());
        CPPUNIT_ASSERT_MESSAGE(id ? "" : describe(id.error()), id.ok());
        return *id;
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }

    void runs_an_event_command_on_the_loop() {
        Run run("good echo", {"a", "b"});
        start(run);
        const auto outcome = run.wait();
        CPPUNIT_ASSERT(!outcome.error);
        CPPUNIT_ASSERT(*outcome.result.find("text") == Value("hello a b"));
        CPPUNIT_ASSERT(outcome.elapsed > Duration::zero());
        CPPUNIT_ASSERT_EQUAL(std::string("hello a b\n"), run.text());
    }
    void drops_the_text_of_a_json_run() {
        Run run("good echo", {"a"});
        run.json = true;
        start(run);
        CPPUNIT_ASSERT(*run.wait().result.find("text") == Value("hello a"));
        CPPUNIT_ASSERT_EQUAL(std::string(), run.text());
    }
    void tells_events_with_the_plugins_name() {
        std::optional<PublishedEvent> seen;
        auto keep = f().runtime.events().subscribe([&](const PublishedEvent& e) {
            if (e.event.type == "good.echoed") seen = e;
        });
        f().run("good echo");
        CPPUNIT_ASSERT(seen && seen->plugin == "good");
    }
    void a_setting_comes_from_the_configuration_or_the_descriptor() {
        CPPUNIT_ASSERT(*f().run("good echo").result.find("text") == Value("hello"));
        f().settings["good.greeting"] = "welcome";
        CPPUNIT_ASSERT(*f().run("good echo").result.find("text") == Value("welcome"));
    }
    void cancels_an_event_command_and_nothing_else() {
        Run one("good wait");
        Run two("good wait");
        const auto id = start(one);
        const auto other = start(two);
        one.wait_until_listening();
        CPPUNIT_ASSERT(f().runtime.jobs().cancel(id).ok());
        CPPUNIT_ASSERT(one.wait().error->code == ErrorCode::cancelled);
        CPPUNIT_ASSERT(f().runtime.jobs().find(id)->state == JobState::cancelled);
        CPPUNIT_ASSERT(!two.ended());
        CPPUNIT_ASSERT(f().runtime.jobs().cancel(other).ok());
        two.wait();
    }
    void cancels_a_blocking_command() {
        Run run("good block");
        const auto id = start(run);
        run.wait_until_listening();
        CPPUNIT_ASSERT(f().runtime.jobs().cancel(id).ok());
        CPPUNIT_ASSERT(run.wait().error->code == ErrorCode::cancelled);
    }
    void works_on_the_pool_and_on_a_second_loop() {
        CPPUNIT_ASSERT(*f().run("good work").result.find("sum") == Value(42));
        CPPUNIT_ASSERT(has(f().ledger("good"), "loop 2"));
        CPPUNIT_ASSERT(f().unload("good").unmapped);
    }
    void a_call_that_is_dropped_fails_its_command() {
        const auto outcome = f().run("good drop");
        CPPUNIT_ASSERT(outcome.error && outcome.error->code == ErrorCode::other);
        CPPUNIT_ASSERT_EQUAL(std::string("the command good drop ended without a result"),
                             outcome.error->message);
    }
    void what_an_event_handler_throws_is_the_commands_error() {
        const auto outcome = f().run("thrower event");
        CPPUNIT_ASSERT(outcome.error && has(outcome.error->message, "thrown on the loop"));
        CPPUNIT_ASSERT(f().unload("thrower").unmapped);
    }
    void what_a_blocking_handler_throws_is_the_commands_error() {
        const auto outcome = f().run("thrower blocking");
        CPPUNIT_ASSERT(outcome.error && has(outcome.error->message, "unknown type"));
        CPPUNIT_ASSERT(f().unload("thrower").unmapped);
    }
    void what_a_posted_task_throws_is_logged_and_the_loop_goes_on() {
        CPPUNIT_ASSERT(!f().run("thrower later").error);
        CPPUNIT_ASSERT(f().logged("thrown in a task"));
    }
    void the_job_bears_the_line_and_ends_with_the_command() {
        Run run("good echo");
        const auto id = start(run);
        run.wait();
        const auto job = *f().runtime.jobs().find(id);
        CPPUNIT_ASSERT_EQUAL(std::string("good echo"), job.title);
        CPPUNIT_ASSERT_EQUAL(std::string("good"), job.plugin);
        CPPUNIT_ASSERT(job.state == JobState::succeeded);
    }
    void blocking_commands_have_a_cap() {
        std::list<Run> runs;
        for (int i = 0; i < 32; ++i) start(runs.emplace_back("good block"));
        Run more("good block");
        const auto refused = f().manager().start(more.request());
        CPPUNIT_ASSERT(!refused.ok() && refused.error().code == ErrorCode::busy);
        CPPUNIT_ASSERT_MESSAGE("nothing is told of what never began", !more.ended());
        f().runtime.jobs().cancel_all("good");
        for (auto& run : runs) run.wait();
    }
    void an_unknown_command_is_not_found() {
        Run run("good nothing");
        const auto refused = f().manager().start(run.request());
        CPPUNIT_ASSERT(!refused.ok() && refused.error().code == ErrorCode::not_found);
    }
    void no_command_starts_while_its_plugin_stops() {
        f().load("good");
        // Told while `good` stops, as the cancelled command ends: in the middle of the unload.
        std::optional<Error> refused;
        Run late("good echo");
        Run waiting("good wait");
        auto request = waiting.request();
        request.finished = [&](CommandOutcome) {
            auto started = f().manager().start(late.request());
            if (!started) refused = started.error();
        };
        CPPUNIT_ASSERT(f().manager().start(std::move(request)).ok());
        waiting.wait_until_listening();
        CPPUNIT_ASSERT(f().unload("good").unmapped);
        CPPUNIT_ASSERT(refused && refused->code == ErrorCode::closed);
        CPPUNIT_ASSERT(!late.ended());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginCommandsTest);

}  // namespace
