#pragma once

#include <gantry/command/arguments.h>
#include <gantry/core/result.h>
#include <gantry/plugin/manifest.h>

#include <string_view>

namespace gantry::testing::detail {

struct CommandLine {
    const CommandSpec* spec = nullptr;  // the manifest's
    Arguments arguments;
};

// Splits a line at spaces ('...', "..." and a backslash take one along), finds its command in the
// manifest, the longest name that fits, and parses the rest by that command's spec.
Result<CommandLine> parse_command_line(const Manifest& manifest, std::string_view line);

}  // namespace gantry::testing::detail
