#include <host/shell/fd_io.h>
#include <host/shell/json_text.h>
#include <host/shell/outcome_printer.h>

namespace gantry::host {
namespace {

// `begun`: "{"name":[...items" stands there already.
std::string object_line(const Value& object, bool begun) {
    const auto text = to_json(object) + "\n";
    return begun ? "]," + text.substr(1) : text;
}

}  // namespace

std::string error_line(std::string_view command, const Error& error) {
    std::string line = "gantry: ";
    if (!command.empty()) (line += command) += ": ";
    return line + describe(error) + "\n";
}

std::string listening_line(std::string_view name, std::string_view address, bool json) {
    if (!json) return "listening " + std::string(name) + " " + std::string(address) + "\n";
    return event_line("listening", Value::object().set("name", name).set("address", address));
}

std::string event_line(std::string_view event, const Value& fields) {
    Value line = Value::object();
    line.set("event", event);
    if (const auto* members = fields.as_object())
        for (const auto& [name, member] : *members) line.set(name, member);
    return to_json(line) + "\n";
}

int print_outcome(std::string_view command, const CommandOutcome& outcome, const OutputMode& mode,
                  Output& data, Terminal& terminal) {
    if (!outcome.error) {
        if (mode.json)
            (void)data.write(
                object_line(success_object(outcome.result, outcome.elapsed), outcome.begun));
        return 0;
    }
    const auto& error = *outcome.error;
    if (mode.json)
        (void)data.write(object_line(failure_object(error, outcome.result), outcome.begun));
    else if (!is_reader_gone(error))
        (void)terminal.write(Channel::error, error_line(command, error));
    return exit_status(error.code);
}

}  // namespace gantry::host
