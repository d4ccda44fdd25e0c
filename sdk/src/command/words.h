#pragma once

#include <gantry/core/result.h>

#include <string>
#include <string_view>
#include <vector>

// What the words of specs and command lines may look like; shared by the parser and the lint.
namespace gantry::command {

// "get", "web-seed": a letter a-z, then letters, digits and dashes.
bool is_lower_word(std::string_view text) noexcept;
// Lower-case words with one space between them: "cs get".
bool is_lower_words(std::string_view text) noexcept;
// Not empty, printable, one line, and without a final period.
bool is_summary(std::string_view text) noexcept;
// Whether text has bytes that would steer a terminal: ASCII control characters, DEL, and U+0080 to
// U+009F in UTF-8. A line feed is one of them.
bool has_control(std::string_view text) noexcept;
// Splits a line at spaces; '...', "..." and a backslash take a space along. ErrorCode::usage for a
// quote that does not end.
Result<std::vector<std::string>> split_line(std::string_view line);

}  // namespace gantry::command
