#pragma once

#include <gantry/command/arguments.h>
#include <gantry/command/output.h>
#include <gantry/core/result.h>
#include <gantry/core/value.h>
#include <host/shell/command_runner.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// One run of a command of the host's own. It writes text for people to `out` and answers the same
// as a Value, as a plugin's command does.
struct BuiltinCall {
    const Arguments& arguments;
    ShellState& state;
    RunContext& context;
    Output& out;
    Output& messages;
    std::size_t width = 80;  // of the screen; 0: out is none
    bool colour = false;
};

using BuiltinFunction = std::function<Result<Value>(BuiltinCall&)>;

struct Builtin {
    // Execution::blocking: it may take long, so it gets a thread of its own, and Ctrl-C reaches it
    // through context.cancel. Execution::event: it runs on the shell's thread.
    CommandSpec spec;
    BuiltinFunction run;
};

// The host's own commands, by name.
class BuiltinTable {
  public:
    void add(Builtin builtin);
    const Builtin* find(std::string_view name) const;
    std::vector<CommandSpec> specs() const;
    // Whether a plugin's command may not have this name: it is a builtin's, or its first word is
    // that of a group of builtins, such as "plugin". A longer name than a builtin's own is free:
    // beside "echo" there may be "echo say".
    bool owns(std::string_view name) const;

  private:
    std::map<std::string, Builtin, std::less<>> builtins_;
};

// Short ways to write specs.
CommandSpec command_spec(std::string name, std::string summary,
                         std::vector<OperandSpec> operands = {});
OperandSpec required(std::string name, ValueKind kind, std::string summary);
OperandSpec optional(std::string name, ValueKind kind, std::string summary);
OperandSpec repeated(OperandSpec operand);
OptionSpec flag(std::string name, char letter, std::string summary);
OptionSpec valued(std::string name, char letter, ValueKind kind, std::string placeholder,
                  std::string summary);

}  // namespace gantry::host
