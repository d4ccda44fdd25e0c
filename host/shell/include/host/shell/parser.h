#pragma once

#include <gantry/core/result.h>
#include <host/shell/syntax.h>

#include <string_view>

namespace gantry::host {

// Parses a line or a whole script. Touches nothing: variables and aliases are not looked at. Every
// failure is ErrorCode::usage, names line and column, and says what would fit; a text beyond
// shell_limits is ErrorCode::limit.
Result<Script> parse_script(std::string_view text);

}  // namespace gantry::host
