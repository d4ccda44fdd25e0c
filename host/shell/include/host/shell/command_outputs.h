#pragma once

#include <host/shell/command_runner.h>
#include <host/shell/program_pipe.h>
#include <host/shell/terminal.h>

#include <memory>

namespace gantry::host {

// Where one command writes: the terminal, a file ('>'), or a program ('|').
class CommandOutputs {
  public:
    // `terminal` outlives it. Opens the file or starts the program. Errors are the system's.
    static Result<std::unique_ptr<CommandOutputs>> open(Terminal& terminal,
                                                        const Invocation& command,
                                                        const ShellState& state, bool background);

    Output& data() noexcept { return *data_; }
    bool to_terminal() const noexcept { return !file_ && !program_; }
    // A program in the foreground has the screen for itself.
    bool owns_screen() const noexcept { return program_ && !captured_; }
    // Ends the output, and waits for the program; its status.
    int close();

  private:
    explicit CommandOutputs(Terminal& terminal) : terminal_out_(terminal, Channel::out) {}

    TerminalOutput terminal_out_;
    std::unique_ptr<FdOutput> file_;
    std::unique_ptr<ProgramPipe> program_;
    bool captured_ = false;
    Output* data_ = nullptr;
};

}  // namespace gantry::host
