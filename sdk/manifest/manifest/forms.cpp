#include "manifest/forms.h"

#include <algorithm>
#include <cctype>

#include "command/words.h"

namespace gantry::manifest::form {
namespace {

constexpr std::size_t kMaxName = 64;

bool is_word_with(std::string_view text, std::string_view extra) noexcept {
    const auto fits = [extra](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
               extra.find(c) != extra.npos;
    };
    return !text.empty() && text.size() <= kMaxName && text.front() >= 'a' && text.front() <= 'z' &&
           std::ranges::all_of(text, fits);
}

bool is_compact(std::string_view text) noexcept {
    const auto fits = [](char c) { return c > ' ' && c < 0x7f; };
    return !text.empty() && text.size() <= kMaxName && std::ranges::all_of(text, fits);
}

bool is_words(std::string_view text) noexcept {
    return text.size() <= kMaxName && command::is_lower_words(text);
}

bool is_line(std::string_view text) noexcept { return !command::has_control(text); }

bool is_lines(std::string_view text) noexcept {
    for (;;) {
        const auto end = text.find('\n');
        if (!is_line(text.substr(0, end))) return false;
        if (end == text.npos) return true;
        text.remove_prefix(end + 1);
    }
}

bool is_letter(std::string_view text) noexcept {
    return text.size() == 1 && std::isalnum(static_cast<unsigned char>(text.front()));
}

}  // namespace

const Form kWord{[](std::string_view t) noexcept { return is_word_with(t, ""); },
                 "a lower-case word of at most 64 letters"};
const Form kWords{is_words, "lower-case words with one space between, at most 64 letters"};
const Form kServiceId{[](std::string_view t) noexcept { return is_word_with(t, "."); },
                      "a service id such as gantry.digest"};
const Form kSettingKey{[](std::string_view t) noexcept { return is_word_with(t, "._"); },
                       "a lower-case key such as max_rate"};
const Form kScheme{[](std::string_view t) noexcept { return is_word_with(t, "+."); },
                   "a URL scheme in lower case"};
const Form kCompact{is_compact, "1 to 64 printable ASCII characters without spaces"};
const Form kSummary{command::is_summary, "one line of text without a final period"};
const Form kLine{is_line, "one line of text"};
const Form kDescription{is_lines, "lines of text without control characters"};
const Form kLetter{is_letter, "one letter or digit"};

}  // namespace gantry::manifest::form
