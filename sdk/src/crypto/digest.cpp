#include <gantry/crypto/digest.h>

#include <array>

namespace gantry {
namespace {

constexpr std::array<std::string_view, 3> kDigestNames{"sha256", "sha1", "md5"};
constexpr std::string_view kHexDigits = "0123456789abcdef";

// 16 for a byte that is no hex digit.
unsigned hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    return 16;
}

}  // namespace

std::string_view digest_name(DigestAlgorithm algorithm) noexcept {
    const auto index = static_cast<std::size_t>(algorithm);
    return index < kDigestNames.size() ? kDigestNames[index] : "unknown";
}

Result<DigestAlgorithm> digest_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kDigestNames.size(); ++i)
        if (kDigestNames[i] == name) return static_cast<DigestAlgorithm>(i);
    return make_error(ErrorCode::usage, "digest",
                      "'" + std::string(name) + "' is not one of sha256, sha1, md5");
}

std::string to_hex(ByteView bytes) {
    std::string text;
    text.reserve(2 * bytes.size());
    for (const auto b : bytes) {
        text += kHexDigits[std::to_integer<std::size_t>(b >> 4)];
        text += kHexDigits[std::to_integer<std::size_t>(b & std::byte{15})];
    }
    return text;
}

Result<std::vector<std::byte>> from_hex(std::string_view text) {
    if (text.size() % 2 != 0)
        return make_error(ErrorCode::usage, "digest", "hex digits come in pairs");
    std::vector<std::byte> bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_value(text[i]), low = hex_value(text[i + 1]);
        if (high > 15 || low > 15)
            return make_error(ErrorCode::usage, "digest", "a hex digit is 0-9 or a-f");
        bytes.push_back(static_cast<std::byte>((high << 4) | low));
    }
    return bytes;
}

}  // namespace gantry
