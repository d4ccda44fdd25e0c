#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace gantry {

// The SHA-256 of a certificate (its DER form, RFC 5280 section 4.1): what people compare and
// known-hosts files hold. `openssl x509 -fingerprint -sha256` shows the same bytes.
class Fingerprint {
  public:
    static constexpr std::size_t kSize = 32;

    Fingerprint() = default;  // zeros, which no certificate has
    explicit Fingerprint(const std::array<std::byte, kSize>& digest) : digest_(digest) {}
    // 64 hex digits of either case, with or without "sha256:" in front and a colon between bytes,
    // so that what `openssl x509` prints can be pasted. ErrorCode::usage for anything else.
    static Result<Fingerprint> parse(std::string_view text);

    ByteView bytes() const noexcept { return digest_; }
    std::string to_string() const;  // "sha256:" and 64 lower-case hex digits
    auto operator<=>(const Fingerprint&) const = default;

  private:
    std::array<std::byte, kSize> digest_{};
};

}  // namespace gantry
