#pragma once

#include <gantry/core/result.h>
#include <host/shell/executor.h>
#include <host/shell/signals.h>

#include <cstddef>
#include <optional>
#include <string>

namespace gantry::host {

// Lines of a script that can be run by themselves.
struct ScriptPiece {
    std::string text;
    std::size_t first_line = 1;  // where it stands in the whole script
};

// A script that comes through a descriptor. It is handed out piece by piece as it comes, so that a
// program can give a command, read its answer and then give the next. One thread.
class ScriptInput {
  public:
    // `fd` stays the caller's; both outlive this.
    ScriptInput(int fd, SignalSource& signals) : fd_(fd), signals_(signals) {}
    // Waits for the next piece; none at the end. limit: one command is longer than a script may be;
    // cancelled: a signal asked the process to end; else what the descriptor answers.
    Result<std::optional<ScriptPiece>> next();

  private:
    std::size_t piece_length();
    std::optional<ScriptPiece> take_piece();
    Result<void> read_more();
    Result<void> wait() const;

    int fd_;
    SignalSource& signals_;
    std::string text_;          // read and not handed out
    std::size_t searched_ = 0;  // of text_: no piece ends before it
    std::size_t line_ = 1;      // of text_'s first byte
    bool ended_ = false;
};

// Runs all that comes, as Executor::run_text runs a text, and ends where that would end.
int run_script_input(ScriptInput& input, Executor& executor, CommandRunner& runner,
                     ShellState& state, RunContext& context);

}  // namespace gantry::host
