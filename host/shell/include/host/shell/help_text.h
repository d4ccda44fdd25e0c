#pragma once

#include <gantry/command/spec.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

struct HelpStyle {
    std::size_t width = 80;
    bool colour = false;
};

// "cs get URL... [-o FILE|DIR] [--no-resume]"
std::string usage_line(const CommandSpec& spec);
// All about one command: usage, description, operands, options, examples.
std::string command_help(const CommandSpec& spec, const HelpStyle& style);
// The commands of one group with their summaries.
std::string group_help(const std::vector<CommandSpec>& specs, std::string_view group,
                       const HelpStyle& style);
// The groups, and the commands that stand alone.
std::string help_overview(const std::vector<CommandSpec>& specs, const HelpStyle& style);
// `gantry --help`.
std::string process_help(const CommandSpec& process, const std::vector<CommandSpec>& specs,
                         const HelpStyle& style);
// The commands whose name, summary or description holds `word`, whatever its case.
std::vector<CommandSpec> search_commands(const std::vector<CommandSpec>& specs,
                                         std::string_view word);

}  // namespace gantry::host
