#pragma once

#include "command_line.h"
#include "command_state.h"
#include "test_context.h"

#include <gantry/testing/test_host.h>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gantry::testing {

struct TestHost::Parts {
    Parts(TestWorld* shared, Result<Manifest> found, std::unique_ptr<Plugin> made,
          TestHostOptions host_options);

    Result<void> load();
    Result<void> start_plugin();
    Result<void> check_services() const;
    Result<void> check_bound() const;
    // Runs something on the plugin's loop and waits for it.
    void on_loop(Task task);

    std::shared_ptr<detail::CommandState> start(std::string_view line, const RunOptions& options);
    void launch(const std::shared_ptr<detail::CommandState>& state, const CommandSpec& spec,
                std::unique_ptr<Job> job);
    void launch_blocking(const std::shared_ptr<detail::CommandState>& state,
                         detail::TestContext::Handler handler, std::unique_ptr<CommandCall> call);
    std::size_t live_calls() const noexcept { return *calls; }
    // Runs what may block: here, or on a thread of its own while the world goes on.
    void run_blocking(Task work);
    void join_threads();
    bool all_finished() const;

    StopReport stop(Duration drain);
    bool stop_plugin(TimePoint limit);
    void destroy_plugin();

    std::unique_ptr<TestWorld> own_world;
    TestWorld& world;
    TestHostOptions options;
    Result<Manifest> parsed;
    Manifest manifest;
    std::unique_ptr<Plugin> plugin;
    std::unique_ptr<detail::TestContext> context;
    std::optional<Result<void>> loaded;
    std::optional<StopReport> stopped;
    std::shared_ptr<std::atomic<std::size_t>> calls = std::make_shared<std::atomic<std::size_t>>(0);
    std::vector<std::shared_ptr<detail::CommandState>> commands;
};

}  // namespace gantry::testing
