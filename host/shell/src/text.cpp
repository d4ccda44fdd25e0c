#include <host/shell/text.h>

#include <wchar.h>

#include <algorithm>
#include <cctype>

namespace gantry::host {
namespace {

constexpr char kEscape = '\x1b';

std::size_t columns_of(const DecodedChar& c) noexcept {
    const int width = ::wcwidth(static_cast<wchar_t>(c.code));
    return width < 0 ? 1 : static_cast<std::size_t>(width);
}

// The length of a colour sequence that `text` begins with, or 0.
std::size_t colour_length(std::string_view text) noexcept {
    if (text.size() < 3 || text[0] != kEscape || text[1] != '[') return 0;
    std::size_t i = 2;
    while (i < text.size() && i < 24 && (text[i] == ';' || (text[i] >= '0' && text[i] <= '9'))) ++i;
    return i < text.size() && text[i] == 'm' ? i + 1 : 0;
}

bool is_control(const DecodedChar& c) noexcept {
    return c.code < 0x20 || (c.code >= 0x7f && c.code < 0xa0);
}

// How many bytes of `text` take at most `width` columns.
std::size_t prefix_length(std::string_view text, std::size_t width) noexcept {
    std::size_t length = 0;
    std::size_t columns = 0;
    while (length < text.size()) {
        const auto rest = text.substr(length);
        if (const auto colour = colour_length(rest); colour > 0) {
            length += colour;
            continue;
        }
        const auto c = decode_utf8(rest);
        if (columns + columns_of(c) > width) break;
        columns += columns_of(c);
        length += c.length;
    }
    return length;
}

void append_hex(std::string& out, unsigned char byte) {
    static constexpr char kHex[] = "0123456789abcdef";
    ((out += "\\x") += kHex[byte >> 4U]) += kHex[byte & 15U];
}

}  // namespace

DecodedChar decode_utf8(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1, true};
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return {0xfffd, 1, false};
    char32_t code = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80) return {0xfffd, 1, false};
        code = (code << 6U) | (byte(i) & 0x3fU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xd800 && code < 0xe000;
    if (overlong || surrogate || code > 0x10ffff) return {0xfffd, 1, false};
    return {code, length, true};
}

std::size_t display_width(std::string_view text) noexcept {
    std::size_t columns = 0;
    while (!text.empty()) {
        if (const auto colour = colour_length(text); colour > 0) {
            text.remove_prefix(colour);
            continue;
        }
        const auto c = decode_utf8(text);
        columns += columns_of(c);
        text.remove_prefix(c.length);
    }
    return columns;
}

std::string shortened(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) return std::string(text);
    if (width <= 3) return std::string(width, '.');
    return std::string(text.substr(0, prefix_length(text, width - 3))) + "...";
}

std::string padded(std::string_view text, std::size_t width) {
    std::string line = shortened(text, width);
    line.append(width - std::min(width, display_width(line)), ' ');
    return line;
}

std::string padded_left(std::string_view text, std::size_t width) {
    const std::string line = shortened(text, width);
    return std::string(width - std::min(width, display_width(line)), ' ') + line;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::string out;
    std::size_t column = 0;
    while (!text.empty()) {
        const auto blank = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, blank);
        text.remove_prefix(std::min(blank + 1, text.size()));
        if (word.empty()) continue;
        const auto columns = display_width(word);
        if (column > 0 && column + 1 + columns > width) {
            (out += '\n').append(indent, ' ');
            column = indent;
        } else if (column > 0) {
            out += ' ';
            ++column;
        } else {
            out.append(indent, ' ');
            column = indent;
        }
        out += word;
        column += columns;
    }
    return out;
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

std::string safe_for_terminal(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        if (const auto colour = colour_length(text); colour > 0) {
            out += text.substr(0, colour);
            text.remove_prefix(colour);
            continue;
        }
        const auto c = decode_utf8(text);
        if (c.code == '\n' || c.code == '\t' || !(is_control(c) || !c.valid))
            out += text.substr(0, c.length);
        else
            for (std::size_t i = 0; i < c.length; ++i)
                append_hex(out, static_cast<unsigned char>(text[i]));
        text.remove_prefix(c.length);
    }
    return out;
}

}  // namespace gantry::host
