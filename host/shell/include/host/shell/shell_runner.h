#pragma once

#include <gantry/core/clock.h>
#include <host/loader/plugin_manager.h>
#include <host/runtime/runtime.h>
#include <host/shell/builtin.h>
#include <host/shell/command_catalog.h>
#include <host/shell/command_outputs.h>
#include <host/shell/command_runner.h>
#include <host/shell/outcome_printer.h>

#include <functional>
#include <memory>

namespace gantry::host {

// Runs the host's own commands and those of the plugins, and prints how they went.
class ShellRunner final : public CommandRunner {
  public:
    struct Parts {
        Terminal& terminal;
        const Clock& clock;
        const CommandCatalog& catalog;
        const BuiltinTable& builtins;
        std::function<PluginManager&()> plugins;
        std::function<Runtime&()> runtime;
        OutputMode mode;
        bool safe = false;            // no plugin is loaded by itself
        int input_fd = -1;            // standard input for commands in the foreground; -1: none
        std::function<void()> force;  // asked twice to stop, and it did not: ends a one-shot run
    };
    explicit ShellRunner(Parts parts) : parts_(std::move(parts)) {}

    int run(const Invocation& command, ShellState& state, RunContext& context) override;
    int refuse(const Error& error) override;

  private:
    struct Prepared;
    Result<Prepared> prepare(const Invocation& command, const ShellState& state) const;
    int run_prepared(Prepared& prepared, const Invocation& command, ShellState& state,
                     RunContext& context);
    CommandOutcome run_builtin(const Builtin& builtin, Prepared& prepared, CommandOutputs& outputs,
                               ShellState& state, RunContext& context);
    CommandOutcome run_plugin(Prepared& prepared, std::shared_ptr<CommandOutputs> outputs,
                              ShellState& state, RunContext& context);
    Result<void> check_safe(const std::string& command) const;
    int refuse_command(const std::string& name, const Error& error, const OutputMode& mode);

    Parts parts_;
};

}  // namespace gantry::host
