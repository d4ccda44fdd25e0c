#pragma once

#include <gantry/core/error.h>
#include <gantry/core/units.h>
#include <host/shell/local_cancel.h>
#include <host/shell/shell_state.h>
#include <host/shell/waiter.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace gantry::host {

struct RedirectTo {
    std::string file;
    bool append = false;
    bool operator==(const RedirectTo&) const = default;
};

// One command, expanded and ready to run.
struct Invocation {
    std::vector<std::string> words;
    std::optional<RedirectTo> redirect;
    std::string program;  // for /bin/sh, after '|'
    std::string text;     // as typed
    bool operator==(const Invocation&) const = default;
};

// What is known of a command once it runs.
struct Launch {
    JobId job;              // 0: it has none
    std::string listening;  // "HOST:PORT" of its first listener
};

// Who runs a command, and how it is told to stop.
struct RunContext {
    Waiter& waiter;
    LocalCancel& cancel;
    bool background = false;
    // In the background: called once, when the command runs; a server's when it listens.
    std::function<void(const Launch&)> launched;
};

// Runs one command to its end and prints how it went.
class CommandRunner {
  public:
    virtual ~CommandRunner() = default;
    // The exit status.
    virtual int run(const Invocation& command, ShellState& state, RunContext& context) = 0;
    // Prints an error that kept a command from being run. Answers its exit status.
    virtual int refuse(const Error& error) = 0;
};

}  // namespace gantry::host
