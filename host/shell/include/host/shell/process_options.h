#pragma once

#include <gantry/command/spec.h>
#include <gantry/core/result.h>

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gantry::host {

// What the process was asked to do: its own options, which stand before the command's name.
struct ProcessOptions {
    std::vector<std::string> command;   // COMMAND ARGS...
    std::optional<std::string> script;  // -c
    std::optional<std::string> file;    // -f
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    bool safe = false;
    bool keep_going = false;
    bool version = false;
    bool help = false;
    std::optional<std::string> events;
    std::optional<std::string> config;
    std::vector<std::string> plugin_path;
    std::map<std::string, std::string> settings;  // --set KEY=VALUE
};

// The process's options as the spec of a command: one grammar.
CommandSpec process_spec();

// `words` are the process's arguments without its own name. usage: they do not fit.
Result<ProcessOptions> parse_process_options(std::span<const std::string> words);

}  // namespace gantry::host
