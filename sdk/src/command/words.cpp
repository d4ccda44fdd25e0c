#include "command/words.h"

#include <algorithm>

namespace gantry::command {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool fits_word(char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '-'; }

// Takes one word off `line`, which starts with none of its spaces.
Result<std::string> take_word(std::string_view& line) {
    std::string word;
    char quote = 0;
    std::size_t i = 0;
    for (; i < line.size() && (quote || line[i] != ' '); ++i) {
        const char c = line[i];
        if (c == quote)
            quote = 0;
        else if (!quote && (c == '\'' || c == '"'))
            quote = c;
        else if (c == '\\' && quote != '\'' && i + 1 < line.size())
            word += line[++i];
        else
            word += c;
    }
    if (quote)
        return make_error(ErrorCode::usage, "command",
                          std::string("the quote ") + quote + " does not end");
    line.remove_prefix(i);
    return word;
}

}  // namespace

bool is_lower_word(std::string_view text) noexcept {
    return !text.empty() && is_lower(text.front()) && std::ranges::all_of(text, fits_word);
}

bool is_lower_words(std::string_view text) noexcept {
    for (;;) {
        const auto space = text.find(' ');
        if (!is_lower_word(text.substr(0, space))) return false;
        if (space == text.npos) return true;
        text.remove_prefix(space + 1);
    }
}

bool is_summary(std::string_view text) noexcept {
    return !text.empty() && !has_control(text) && text.back() != '.';
}

bool has_control(std::string_view text) noexcept {
    unsigned char before = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return true;
        if (before == 0xc2 && byte >= 0x80 && byte <= 0x9f) return true;
        before = byte;
    }
    return false;
}

Result<std::vector<std::string>> split_line(std::string_view line) {
    std::vector<std::string> words;
    for (;;) {
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (line.empty()) return words;
        auto word = take_word(line);
        if (!word) return std::move(word).error();
        words.push_back(std::move(word).value());
    }
}

}  // namespace gantry::command
