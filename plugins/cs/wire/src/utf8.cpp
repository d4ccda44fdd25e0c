#include <cs/wire/utf8.h>

#include <array>
#include <cstdint>

namespace gantry::cs {

namespace {

// What a lead byte from `low` to `high` demands: how many bytes follow, and what the first of them
// may be. RFC 3629 section 4.
struct Form {
    std::uint8_t low, high;
    std::size_t following;
    std::uint8_t first_low, first_high;
};

constexpr std::array<Form, 9> kForms{{
    {0x00, 0x7F, 0, 0, 0},
    {0xC2, 0xDF, 1, 0x80, 0xBF},
    {0xE0, 0xE0, 2, 0xA0, 0xBF},
    {0xE1, 0xEC, 2, 0x80, 0xBF},
    {0xED, 0xED, 2, 0x80, 0x9F},
    {0xEE, 0xEF, 2, 0x80, 0xBF},
    {0xF0, 0xF0, 3, 0x90, 0xBF},
    {0xF1, 0xF3, 3, 0x80, 0xBF},
    {0xF4, 0xF4, 3, 0x80, 0x8F},
}};

bool within(char c, std::uint8_t low, std::uint8_t high) noexcept {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= low && byte <= high;
}

// The length of the character that `text` begins with; 0 when it is none.
std::size_t character(std::string_view text) noexcept {
    for (const auto& form : kForms) {
        if (!within(text[0], form.low, form.high)) continue;
        if (text.size() <= form.following) return 0;
        for (std::size_t i = 1; i <= form.following; ++i) {
            const bool first = i == 1;
            if (!within(text[i], first ? form.first_low : std::uint8_t{0x80},
                        first ? form.first_high : std::uint8_t{0xBF}))
                return 0;
        }
        return 1 + form.following;
    }
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto length = character(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace gantry::cs
