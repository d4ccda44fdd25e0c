#include <host/shell/fd_io.h>
#include <host/shell/json_text.h>
#include <host/shell/outcome_printer.h>

namespace gantry::host {

std::string error_line(std::string_view command, const Error& error) {
    std::string line = "gantry: ";
    if (!command.empty()) (line += command) += ": ";
    return line + describe(error) + "\n";
}

std::string listening_line(std::string_view name, std::string_view address, bool json) {
    if (!json) return "listening " + std::string(name) + " " + std::string(address) + "\n";
    Value event = Value::object();
    event.set("event", "listening").set("name", name).set("address", address);
    return to_json(event) + "\n";
}

int print_outcome(std::string_view command, const CommandOutcome& outcome, const OutputMode& mode,
                  Output& data, Terminal& terminal) {
    if (!outcome.error) {
        if (mode.json)
            (void)data.write(to_json(success_object(outcome.result, outcome.elapsed)) + "\n");
        return 0;
    }
    const auto& error = *outcome.error;
    if (mode.json)
        (void)data.write(to_json(failure_object(error, outcome.result)) + "\n");
    else if (!is_reader_gone(error))
        (void)terminal.write(Channel::error, error_line(command, error));
    return exit_status(error.code);
}

}  // namespace gantry::host
