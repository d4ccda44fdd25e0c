#pragma once

#include <gantry/core/result.h>
#include <host/shell/syntax.h>

#include <string_view>

namespace gantry::host {

// Parses a line or a whole script. Touches nothing: variables and aliases are not looked at. Every
// failure is ErrorCode::usage, names line and column, and says what would fit; a text beyond
// shell_limits is ErrorCode::limit.
// `first_line`: which line of a longer script the text begins at.
Result<Script> parse_script(std::string_view text, std::size_t first_line = 1);

// Whether whole lines of a script end inside something: an open quote, a '\' at the end of a line,
// a chain after && or ||. Then the lines after them belong to the same command.
bool wants_more(std::string_view lines);

}  // namespace gantry::host
