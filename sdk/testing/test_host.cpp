#include <gantry/testing/test_host.h>

#include "test_host_parts.h"

#include <algorithm>

namespace gantry::testing {

std::string StopReport::to_string() const {
    std::string text = done ? "" : "the plugin did not stop in time\n";
    for (const auto& left : left_behind) text += "left behind: " + left + '\n';
    for (const auto& error : errors) text += "threw: " + describe(error) + '\n';
    return text;
}

TestHost::TestHost(std::string_view manifest, std::unique_ptr<Plugin> plugin,
                   TestHostOptions options)
    : parts_(std::make_unique<Parts>(nullptr, parse_manifest(manifest), std::move(plugin),
                                     std::move(options))) {}

TestHost::TestHost(TestWorld& world, std::string_view manifest, std::unique_ptr<Plugin> plugin,
                   TestHostOptions options)
    : parts_(std::make_unique<Parts>(&world, parse_manifest(manifest), std::move(plugin),
                                     std::move(options))) {}

TestHost::TestHost(TestWorld& world, Manifest manifest, std::unique_ptr<Plugin> plugin,
                   TestHostOptions options)
    : parts_(std::make_unique<Parts>(&world, std::move(manifest), std::move(plugin),
                                     std::move(options))) {}

TestHost::~TestHost() { (void)stop(); }

Result<void> TestHost::load() {
    if (!parts_->loaded) parts_->loaded = parts_->load();
    return *parts_->loaded;
}

TestCommand TestHost::start(std::string_view line, const RunOptions& options) {
    return TestCommand(parts_->start(line, options));
}

CommandResult TestHost::run(std::string_view line, const RunOptions& options, Duration limit) {
    auto command = start(line, options);
    (void)command.wait(limit);
    return command.result();
}

Result<std::unique_ptr<Session>> TestHost::open_session(const std::string& url) {
    if (auto outcome = load(); !outcome) return std::move(outcome).error();
    auto* opener = parts_->context->sessions(url.substr(0, url.find("://")));
    if (!opener)
        return make_error(ErrorCode::unsupported, "testing", "no sessions are bound for it", url);
    const auto job = parts_->context->start_job("open " + url);
    SessionOpened session = make_error(ErrorCode::other, "testing", "the opener did not run");
    parts_->run_blocking([&] { session = opener->open(url, Arguments{}, *job); });
    job->finish(session ? Result<void>() : Result<void>(session.error()));
    return session;
}

StopReport TestHost::stop(Duration drain) {
    if (!parts_->stopped) parts_->stopped = parts_->stop(drain);
    return *parts_->stopped;
}

TestWorld& TestHost::world() noexcept { return parts_->world; }
TestMachine& TestHost::machine() noexcept { return parts_->context->machine(); }
Plugin* TestHost::plugin() noexcept { return parts_->plugin.get(); }
const Manifest& TestHost::manifest() const noexcept { return parts_->manifest; }
std::vector<RecordedJob> TestHost::jobs() const { return parts_->context->book()->jobs(); }
std::vector<RecordedEvent> TestHost::events() const { return parts_->context->book()->events(); }
std::vector<RecordedLog> TestHost::log() const { return parts_->context->logged(); }

StopReport TestHost::Parts::stop(Duration drain) {
    StopReport report;
    const TimePoint limit = world.clock().now() + drain;
    auto& services = context->machine().services();
    context->close();
    services.announce_leaving(manifest.name);
    report.cancelled_jobs = context->book()->cancel_all();
    report.done = !loaded || !*loaded || stop_plugin(limit);
    world.clock().run_until(
        [&] {
            return all_finished() && context->pool().pending() == 0 &&
                   services.uses_of(manifest.name).empty();
        },
        std::max(limit - world.clock().now(), Duration::zero()));
    report.done = report.done && all_finished();
    join_threads();
    report.left_behind = services.uses_of(manifest.name);
    destroy_plugin();
    if (live_calls() > 0)
        report.left_behind.push_back(std::to_string(live_calls()) + " finished command call");
    for (auto& left : context->left_behind()) report.left_behind.push_back(std::move(left));
    report.errors = context->errors();
    context->end_loops();
    return report;
}

bool TestHost::Parts::all_finished() const {
    return std::ranges::all_of(commands, [](const auto& state) { return state->finished(); });
}

// `done` may come after the limit, when this frame is gone.
bool TestHost::Parts::stop_plugin(TimePoint limit) {
    const auto drain = std::max(limit - world.clock().now(), Duration::zero()) * 4 / 5;
    const auto done = std::make_shared<std::atomic<bool>>(false);
    on_loop([&, done] {
        if (auto outcome = gantry::detail::PluginTrampoline<Plugin>::stop(*plugin, drain,
                                                                          [done] { *done = true; });
            !outcome)
            context->log(LogLevel::error, describe(outcome.error()));
    });
    return world.clock().run_until([&] { return done->load(); },
                                   std::max(limit - world.clock().now(), Duration::zero()));
}

void TestHost::Parts::destroy_plugin() {
    on_loop([this] { plugin.reset(); });
}

}  // namespace gantry::testing
