#include "test_host_parts.h"

#include "test_call.h"

#include <algorithm>

namespace gantry::testing {

using detail::CommandState;

namespace {

constexpr Duration kStartLimit = std::chrono::seconds(30);
constexpr Duration kGrace = std::chrono::milliseconds(1);

// A handler that throws drops its call; what it threw says more than that.
Task handling(std::shared_ptr<CommandState> state, detail::TestContext::Handler handler,
              std::unique_ptr<CommandCall> call) {
    return
        [state = std::move(state), handler = std::move(handler), call = std::move(call)]() mutable {
            if (auto outcome = (*handler)(std::move(call)); !outcome)
                state->replace_drop(std::move(outcome).error());
        };
}

}  // namespace

TestHost::Parts::Parts(TestWorld* shared, Result<Manifest> found, std::unique_ptr<Plugin> made,
                       TestHostOptions host_options)
    : own_world(shared ? nullptr : std::make_unique<TestWorld>()),
      world(shared ? *shared : *own_world),
      options(std::move(host_options)),
      parsed(std::move(found)),
      manifest(parsed ? *parsed : Manifest{}),
      plugin(std::move(made)),
      context(std::make_unique<detail::TestContext>(world, manifest, options)) {}

void TestHost::Parts::on_loop(Task task) {
    const auto over = std::make_shared<bool>(false);
    context->loop().post([over, task = std::move(task)]() mutable {
        (void)task();
        *over = true;
    });
    world.clock().run_until([&] { return *over; }, kStartLimit);
}

Result<void> TestHost::Parts::check_services() const {
    for (const auto& need : manifest.requires_services)
        if (!context->machine().services().has(need.id, need.version, need.instance))
            return make_error(ErrorCode::plugin, "testing",
                              "a service that the plugin requires is not there",
                              need.id + ' ' + std::to_string(need.version) +
                                  (need.instance.empty() ? "" : " (" + need.instance + ')'));
    return {};
}

Result<void> TestHost::Parts::check_bound() const {
    for (const auto& spec : manifest.commands)
        if (!context->handler(spec.name))
            return make_error(ErrorCode::plugin, "testing",
                              "start() did not bind a command of the descriptor", spec.name);
    return {};
}

Result<void> TestHost::Parts::load() {
    if (!parsed) return parsed.error();
    if (stopped) return make_error(ErrorCode::closed, "testing", "the plugin was stopped");
    if (auto services = check_services(); !services) return services;
    Result<void> outcome;
    on_loop([&] { outcome = start_plugin(); });
    if (!outcome) return outcome;
    return check_bound();
}

Result<void> TestHost::Parts::start_plugin() {
    return gantry::detail::PluginTrampoline<Plugin>::start(*plugin, *context);
}

std::shared_ptr<CommandState> TestHost::Parts::start(std::string_view line,
                                                     const RunOptions& run_options) {
    auto refused = [&](Error error) {
        auto state = std::make_shared<CommandState>(world.clock(), context->book(), Arguments{},
                                                    run_options);
        state->end(std::move(error), Value::object());
        return state;
    };
    if (!loaded) loaded = load();
    if (!*loaded) return refused(loaded->error());
    auto command = detail::parse_command_line(manifest, line);
    if (!command) return refused(std::move(command).error());
    if (stopped) return refused(make_error(ErrorCode::closed, "testing", "the plugin was stopped"));
    auto state = std::make_shared<CommandState>(world.clock(), context->book(),
                                                std::move(command->arguments), run_options);
    auto job = context->start_job(std::string(line));
    state->job = job->id();
    commands.push_back(state);
    launch(state, *command->spec, std::move(job));
    return state;
}

void TestHost::Parts::launch(const std::shared_ptr<CommandState>& state, const CommandSpec& spec,
                             std::unique_ptr<Job> job) {
    ++*calls;
    std::unique_ptr<CommandCall> call =
        std::make_unique<detail::TestCall>(state, std::move(job), [count = calls] { --*count; });
    auto handler = context->handler(spec.name);
    if (!handler)
        return call->finish(
            make_error(ErrorCode::closed, "testing", "the command is no longer bound", spec.name));
    if (spec.execution == Execution::blocking)
        return launch_blocking(state, std::move(handler), std::move(call));
    context->loop().post(handling(state, std::move(handler), std::move(call)));
}

void TestHost::Parts::launch_blocking(const std::shared_ptr<CommandState>& state,
                                      detail::TestContext::Handler handler,
                                      std::unique_ptr<CommandCall> call) {
    auto body = handling(state, std::move(handler), std::move(call));
    state->blocking_loop = std::make_unique<VirtualLoop>(world.clock(), "blocking command");
    if (!options.threads_for_blocking_commands) return state->blocking_loop->post(std::move(body));
    state->outside = std::make_unique<VirtualClock::OutsideWork>(world.clock(), kGrace);
    state->thread = std::thread([body = std::move(body), raw = state.get()]() mutable {
        (void)body();
        raw->blocking_loop->post([raw] { raw->outside.reset(); });  // and wakes who drives
    });
}

void TestHost::Parts::run_blocking(Task work) {
    if (!options.threads_for_blocking_commands) return (void)work();
    const VirtualClock::OutsideWork outside(world.clock(), kGrace);
    std::atomic<bool> over{false};
    VirtualLoop wake(world.clock(), "open");
    std::thread thread([&, work = std::move(work)]() mutable {
        (void)work();
        wake.post([&over] { over = true; });
    });
    world.clock().run_until([&] { return over.load(); }, std::chrono::hours(1));
    thread.join();
}

void TestHost::Parts::join_threads() {
    for (const auto& state : commands) {
        if (!state->thread.joinable()) continue;
        world.clock().run_until([&] { return state->outside == nullptr; }, kStartLimit);
        state->thread.join();
    }
}

}  // namespace gantry::testing
