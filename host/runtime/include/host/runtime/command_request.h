#pragma once

#include <gantry/command/call.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gantry::host {

// How a command ended.
struct CommandOutcome {
    std::optional<Error> error;
    Value result = Value::object();  // the handler's Value, or the fields that go with the error
    Duration elapsed{};
    bool begun = false;  // the result's JSON object was begun, and its array of items is open
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
    // CommandCall's of that name; any thread. Without one, what is told is dropped.
    std::function<Result<void>(std::string_view, const Value::Array&)> add_items = {};
    std::function<Result<void>(std::string_view, const Value&)> report = {};
};

}  // namespace gantry::host
