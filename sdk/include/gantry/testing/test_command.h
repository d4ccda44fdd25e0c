#pragma once

#include <gantry/command/call.h>
#include <gantry/testing/recorded.h>
#include <gantry/testing/virtual_clock.h>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gantry::testing {

namespace detail {
struct CommandState;
}

// How a command is run.
struct RunOptions {
    bool json = false;           // out() is dropped, as with --json
    bool foreground = true;      // the person waits for it; false as with "&"
    std::string input;           // what in() reads
    std::string folder = "/";    // what relative local paths start from
    Session* session = nullptr;  // the open session; outlives the command
    // After this many bytes of output the reader is gone: out() answers ErrorCode::closed.
    std::size_t reader_leaves_after = std::numeric_limits<std::size_t>::max();
};

struct ListeningPoint {
    std::string name;
    Endpoint at;
};

// What report() got.
struct ReportedLine {
    std::string event;
    Value fields;
};

// What became of a command.
struct CommandResult {
    bool finished = false;
    std::optional<Error> error;
    // What finish() got, or the fields that fail() got; with the items of add_items().
    Value value = Value::object();
    std::string out;
    std::string messages;
    std::vector<ListeningPoint> listening;
    std::vector<ReportedLine> reports;
    std::vector<RecordedEvent> events;  // of its job and of that job's children
    Duration elapsed{};                 // virtual

    bool ok() const { return finished && !error; }
    // The exit status the host would give.
    int exit_status() const { return error ? gantry::exit_status(error->code) : finished ? 0 : 1; }
};

// A command that was started. A handle: copies stand for the same command.
class TestCommand {
  public:
    bool finished() const;
    CommandResult result() const;  // so far
    // As Ctrl-C, or SIGTERM for a server: asks its job to stop.
    void cancel();
    // Drives the world until the command has finished, or `limit` is over; whether it has.
    bool wait(Duration limit = std::chrono::hours(1));
    // Drives the world until it listens, and answers where; its error when it failed instead.
    Result<Endpoint> wait_until_listening(Duration limit = std::chrono::minutes(1));

  private:
    friend class TestHost;
    explicit TestCommand(std::shared_ptr<detail::CommandState> state) : state_(std::move(state)) {}
    std::shared_ptr<detail::CommandState> state_;
};

}  // namespace gantry::testing
