#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gantry {

// What kind of text a value is: the parser checks it, completion offers it, help names it.
enum class ValueKind : std::uint8_t {
    text,
    integer,
    size,       // "512KiB"
    rate,       // "10MB/s"
    duration,   // "10s"
    path,       // a local file or folder
    folder,     // a local folder
    host_port,  // "HOST:PORT"
    url,        // "scheme://..."
    choice,     // one of `choices`
    job,        // "%3"
    plugin,     // a plugin's name
    command,    // a command's name
};

struct OptionSpec {
    std::string name;   // long form without dashes: "listen"
    char letter = 0;    // short form, or 0
    bool flag = false;  // takes no value
    bool repeatable = false;
    ValueKind kind = ValueKind::text;
    std::string placeholder;  // what help shows for the value: "HOST:PORT"
    std::string summary;
    std::string fallback;  // the default, as it would be typed; empty: none
    std::vector<std::string> choices;
    bool operator==(const OptionSpec&) const = default;
};

struct OperandSpec {
    std::string name;  // "URL"
    ValueKind kind = ValueKind::text;
    std::string summary;
    bool optional = false;
    bool repeated = false;  // the last but a fixed tail: takes one or more (none when optional)
    std::vector<std::string> choices;
    bool operator==(const OperandSpec&) const = default;
};

struct ExampleSpec {
    std::string line;     // a whole command line; the lint parses it
    std::string summary;  // what it does
    bool operator==(const ExampleSpec&) const = default;
};

enum class Execution : std::uint8_t {
    event,     // the handler runs on the plugin's loop, returns soon and finishes later
    blocking,  // the handler gets a thread of its own while it runs
};

// A command as data. Parser, usage errors, help, completion and the JSON form all come from it. A
// plugin's specs stand in its descriptor (plugin.json), so that none of this runs plugin code.
struct CommandSpec {
    std::string name;     // words separated by one space: "cs get"
    std::string summary;  // one line, no final period
    std::string description;
    Execution execution = Execution::event;
    std::vector<OptionSpec> options;
    std::vector<OperandSpec> operands;
    std::vector<ExampleSpec> examples;
    bool operator==(const CommandSpec&) const = default;
};

}  // namespace gantry
