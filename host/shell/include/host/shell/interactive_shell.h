#pragma once

#include <host/runtime/job_table.h>
#include <host/shell/background_tasks.h>
#include <host/shell/executor.h>
#include <host/shell/line_editor.h>
#include <host/shell/shell_state.h>
#include <host/shell/signals.h>
#include <host/shell/terminal.h>

#include <functional>

namespace gantry::host {

// Reads a line, runs it, and again, until the end of the input or `exit`.
class InteractiveShell {
  public:
    struct Parts {
        LineEditor& editor;
        Executor& executor;
        Waiter& waiter;
        SignalSource& signals;
        Terminal& terminal;
        std::function<std::size_t()> running_jobs;
    };
    explicit InteractiveShell(Parts parts) : parts_(std::move(parts)) {}
    // The exit status of the process.
    int run(ShellState& state);

  private:
    bool may_leave();
    bool run_line(const std::string& line, ShellState& state);

    Parts parts_;
};

// "cs://host:6789/music> ", or "gantry> ".
std::string prompt_text(const ShellState& state);

}  // namespace gantry::host
