#pragma once

#include <gantry/command/arguments.h>
#include <gantry/command/spec.h>
#include <gantry/core/result.h>

#include <span>
#include <string>

namespace gantry {

// Parses the words after the command's name. GNU habits: options anywhere, "--name=value" or
// "--name value", "-xVALUE" or "-x VALUE", joined short flags, "--" ends options, a lone "-" is an
// operand. Every failure is ErrorCode::usage, names the word at fault and says what would fit ("did
// you mean").
Result<Arguments> parse_arguments(const CommandSpec& spec, std::span<const std::string> words);

// Checks one value against a kind. `what` names it in the error: "--listen".
Result<void> check_value(ValueKind kind, std::span<const std::string> choices,
                         std::string_view what, std::string_view value);

// Refuses a spec that would surprise its users: no summary, a name that is not lower-case words,
// two options with one name or letter, an optional operand before a required one, two repeated
// operands, a default that does not fit its kind, an example that does not parse.
Result<void> lint(const CommandSpec& spec);

// The nearest of `candidates` within a third of the word's length in edits, or empty.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace gantry
