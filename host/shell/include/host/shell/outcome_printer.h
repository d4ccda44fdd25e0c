#pragma once

#include <host/runtime/command_request.h>
#include <host/shell/terminal.h>

#include <string>
#include <string_view>

namespace gantry::host {

// How results are told.
struct OutputMode {
    bool json = false;
    bool quiet = false;    // no messages but errors
    bool verbose = false;  // log lines too
};

// "gantry: cs get: host:6789: there is no file a/b"
std::string error_line(std::string_view command, const Error& error);
// In JSON mode, the line that says that a server is ready; else "listening NAME HOST:PORT".
std::string listening_line(std::string_view name, std::string_view address, bool json);

// {"event":"changed", ...fields}, a line.
std::string event_line(std::string_view event, const Value& fields);

// Prints how a command ended: with JSON one object to `data`, or the rest of
// the one that was begun there, else a line on standard error for a
// failure. Answers the exit status. What failed because the reader has gone is not told.
int print_outcome(std::string_view command, const CommandOutcome& outcome, const OutputMode& mode,
                  Output& data, Terminal& terminal);

}  // namespace gantry::host
