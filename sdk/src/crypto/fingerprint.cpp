#include <gantry/crypto/digest.h>
#include <gantry/crypto/fingerprint.h>

#include <algorithm>

namespace gantry {
namespace {

constexpr std::string_view kPrefix = "sha256:";

bool has_prefix(std::string_view text) {
    return text.size() > kPrefix.size() &&
           std::equal(kPrefix.begin(), kPrefix.end(), text.begin(),
                      [](char a, char b) { return a == b || (a >= 'a' && a - 'a' + 'A' == b); });
}

// Drops the colons of "AA:BB:...", which stand between bytes or nowhere.
std::string without_colons(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != ':' || i % 3 != 2 || i + 1 == text.size()) digits += text[i];
    return digits;
}

}  // namespace

Result<Fingerprint> Fingerprint::parse(std::string_view text) {
    const auto digits = without_colons(has_prefix(text) ? text.substr(kPrefix.size()) : text);
    const auto bytes = from_hex(digits);
    if (!bytes || bytes->size() != kSize)
        return make_error(ErrorCode::usage, "tls", "a fingerprint is 'sha256:' and 64 hex digits",
                          std::string(text));
    std::array<std::byte, kSize> digest;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return Fingerprint(digest);
}

std::string Fingerprint::to_string() const { return std::string(kPrefix) + to_hex(digest_); }

}  // namespace gantry
