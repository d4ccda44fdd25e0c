#pragma once

#include <gantry/command/call.h>

#include <memory>
#include <optional>
#include <string>

namespace gantry::host {

// How a command ended.
struct CommandOutcome {
    std::optional<Error> error;
    Value result = Value::object();  // the handler's Value, or the fields that go with the error
    Duration elapsed{};
};

// What the shell hands over to run one command of a plugin. The references outlive `finished`.
struct CommandRequest {
    std::string name;     // "cs get"
    std::string line;     // as typed; the job's title
    Arguments arguments;  // parsed by the command's spec
    Output& out;
    Output& messages;
    Input& in;
    Session* session = nullptr;
    std::string folder;  // what relative local paths start from
    bool json = false;
    Callback<std::string, Endpoint> listening;  // (name, address); any thread
    Callback<CommandOutcome> finished;          // once; any thread; the last call
    bool foreground = true;                     // the person waits for it
};

}  // namespace gantry::host
