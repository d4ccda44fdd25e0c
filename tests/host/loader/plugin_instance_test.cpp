#include <host/loader/plugin_instance.h>

#include <future>

#include "manager_fixture.h"

using namespace gantry;
using namespace gantry::host;
using std::chrono::milliseconds;

namespace {

// What the plugin below did, in order.
std::vector<std::string> steps;

class InProcess final : public Plugin {
  public:
    InProcess() { steps.push_back("made"); }
    ~InProcess() override { steps.push_back(on_loop("destroyed")); }
    Result<void> start(Context& context) override {
        context_ = &context;
        steps.push_back(on_loop("started"));
        return {};
    }
    void stop(Duration, Task done) override {
        steps.push_back(on_loop("stopped"));
        (void)done();
    }

  private:
    std::string on_loop(std::string step) const {
        return step + (context_ && context_->loop().on_loop_thread() ? "" : " elsewhere");
    }
    Context* context_ = nullptr;
};

struct Thing {
    static constexpr ServiceKey key{"gantry.thing", 1};
};

constexpr PluginEntry kEntry = built_in_entry<InProcess>();

class PluginInstanceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginInstanceTest);
    CPPUNIT_TEST(runs_a_plugin_that_is_a_part_of_the_program);
    CPPUNIT_TEST(its_loop_runs_on_a_thread_of_its_own);
    CPPUNIT_TEST(refuses_commands_and_schemes_that_the_descriptor_has_not);
    CPPUNIT_TEST(has_a_limit_of_loops);
    CPPUNIT_TEST(what_is_kept_of_a_context_is_inert_after_the_stop);
    CPPUNIT_TEST(what_a_plugin_waits_for_on_its_own_services_does_not_keep_it);
    CPPUNIT_TEST_SUITE_END();

    Runtime runtime_{Runtime::Options{}};
    std::unique_ptr<PluginInstance> instance_;

  public:
    void setUp() override {
        steps.clear();
        Manifest manifest;
        manifest.name = "inside";
        auto made =
            PluginInstance::create(runtime_, manifest, std::make_unique<BuiltInSource>(kEntry));
        CPPUNIT_ASSERT(made.ok());
        instance_ = std::move(*made);
        CPPUNIT_ASSERT(instance_->start().ok());
    }

  private:
    Context& context() { return instance_->context(); }
    // Runs a task on the plugin's loop and waits for it.
    void on_loop(Task task) {
        std::promise<void> ran;
        context().loop().post([&, t = std::move(task)]() mutable {
            (void)t();
            ran.set_value();
        });
        ran.get_future().get();
    }

    void runs_a_plugin_that_is_a_part_of_the_program() {
        const auto report = instance_->stop(std::chrono::seconds(10));
        CPPUNIT_ASSERT(report.unmapped);
        CPPUNIT_ASSERT(
            (steps == std::vector<std::string>{"made", "started", "stopped", "destroyed"}));
    }
    void its_loop_runs_on_a_thread_of_its_own() {
        CPPUNIT_ASSERT(!context().loop().on_loop_thread());
        bool there = false;
        on_loop([&] { there = context().loop().on_loop_thread(); });
        CPPUNIT_ASSERT(there);
        const auto more = context().add_loop("more");
        CPPUNIT_ASSERT(more.ok() && *more != &context().loop());
        CPPUNIT_ASSERT(!(*more)->on_loop_thread());
    }
    void refuses_commands_and_schemes_that_the_descriptor_has_not() {
        const auto command = context().bind_command("inside other", {});
        CPPUNIT_ASSERT(!command.ok() && command.error().code == ErrorCode::usage);
        class NoOpener final : public SessionOpener {
            SessionOpened open(const std::string&, const Arguments&,
                               CancelToken&) noexcept override {
                return make_error(ErrorCode::other, "test", "never");
            }
        } opener;
        const auto scheme = context().bind_sessions("gopher", opener);
        CPPUNIT_ASSERT(!scheme.ok() && scheme.error().code == ErrorCode::usage);
    }
    void has_a_limit_of_loops() {
        for (std::size_t i = 1; i < Context::kMaxLoops; ++i)
            CPPUNIT_ASSERT(context().add_loop("more").ok());
        const auto over = context().add_loop("one too many");
        CPPUNIT_ASSERT(!over.ok() && over.error().code == ErrorCode::limit);
    }
    void what_is_kept_of_a_context_is_inert_after_the_stop() {
        std::unique_ptr<Timer> timer;
        bool fired = false;
        on_loop([&] { timer = context().loop().make_timer([&fired] { fired = true; }); });
        auto job = context().start_job("kept");
        auto cancel = job->on_cancel(context().loop(), [] {});
        const auto report = instance_->stop(milliseconds(100));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, report.swept);
        timer->arm(context().loop().now());
        CPPUNIT_ASSERT(!timer->armed() && !fired);
        auto alive = std::make_shared<int>(1);
        context().loop().post([alive] { ++*alive; });
        CPPUNIT_ASSERT_EQUAL_MESSAGE("destroyed unrun", 1L, alive.use_count());
        CPPUNIT_ASSERT(!context().loop().watch(0, Interest::read, {}).ok());
        CPPUNIT_ASSERT(context().loop().make_timer({}) != nullptr);
        job->progress(ByteCount(1));
        CPPUNIT_ASSERT(runtime_.jobs().find(job->id())->state == JobState::cancelled);
    }
    void what_a_plugin_waits_for_on_its_own_services_does_not_keep_it() {
        Thing thing;
        auto claim = context().services().provide(thing);
        CPPUNIT_ASSERT(claim.ok());
        auto use = context().services().require<Thing>();
        CPPUNIT_ASSERT(use.ok() && &**use == &thing);
        const auto report = instance_->stop(milliseconds(100));
        CPPUNIT_ASSERT(report.unmapped);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, report.swept);
        CPPUNIT_ASSERT(!runtime_.services().has(Thing::key, {}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginInstanceTest);

}  // namespace
