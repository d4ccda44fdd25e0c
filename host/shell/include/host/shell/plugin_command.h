#pragma once

#include <host/loader/plugin_manager.h>
#include <host/runtime/event_bus.h>
#include <host/runtime/job_table.h>
#include <host/shell/command_outputs.h>
#include <host/shell/command_runner.h>
#include <host/shell/outcome_printer.h>

#include <memory>
#include <optional>
#include <string>

namespace gantry::host {

// What a plugin's command is run with. The references outlive the run.
struct PluginCommandSetup {
    PluginManager& plugins;
    JobTable& jobs;
    EventBus& events;
    Terminal& terminal;
    const OutputMode& mode;
    CommandSpec spec;
    Arguments arguments;
    std::shared_ptr<CommandOutputs> outputs;
    int input_fd = -1;  // -1: none
};

struct PluginCommandEnd {
    CommandOutcome outcome;
    Launch launch;
    bool left_behind = false;  // it did not stop when it was asked to, twice
};

// Runs one command of a plugin and waits for its end. A listener that it announces is told on its
// output and as the event "job.listening" {"name", "address"}. What it writes with goes on living
// when it is left behind.
PluginCommandEnd run_plugin_command(PluginCommandSetup setup, const Invocation& command,
                                    const ShellState& state, RunContext& context);

}  // namespace gantry::host
