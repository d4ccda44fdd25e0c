#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gantry::host {

// Text as a terminal shows it. Bytes are read as UTF-8; one that is not UTF-8 counts as one column.

struct DecodedChar {
    char32_t code = 0;
    std::size_t length = 1;  // in bytes
    bool valid = true;
};
// `text` is not empty.
DecodedChar decode_utf8(std::string_view text) noexcept;

// Columns that a line takes; colour sequences take none.
std::size_t display_width(std::string_view text) noexcept;
// At most `width` columns: the end of what is longer becomes "...".
std::string shortened(std::string_view text, std::size_t width);
// Exactly `width` columns: shortened, or filled with blanks.
std::string padded(std::string_view text, std::size_t width);
std::string padded_left(std::string_view text, std::size_t width);
// Breaks at blanks. Each line is at most `width` columns unless one word is longer.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

// ASCII letters; other characters stay.
std::string lower_case(std::string_view text);

// What may be sent to a terminal: control characters (names come from strangers) are written out as
// "\x1b"; newlines, tabs and colours (ESC [ ... m) pass.
std::string safe_for_terminal(std::string_view text);

}  // namespace gantry::host
