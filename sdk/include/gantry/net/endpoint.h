#pragma once

#include <gantry/core/result.h>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gantry {

// An IPv4 or IPv6 address. An IPv4 address is held in its IPv4-mapped form (RFC 4291 section
// 2.5.5.2), so equal hosts compare equal whichever family the socket has.
class IpAddress {
  public:
    constexpr IpAddress() = default;  // the unspecified IPv6 address
    static IpAddress v4(std::array<std::byte, 4> bytes) noexcept;
    static constexpr IpAddress v6(std::array<std::byte, 16> bytes) noexcept {
        IpAddress a;
        a.bytes_ = bytes;
        return a;
    }
    // "192.0.2.1" or "2001:db8::1", without brackets or port.
    static Result<IpAddress> parse(std::string_view text);

    bool is_v4() const noexcept;
    bool is_loopback() const noexcept;
    bool is_unspecified() const noexcept;  // 0.0.0.0 or ::
    const std::array<std::byte, 16>& bytes() const noexcept { return bytes_; }
    std::string to_string() const;
    auto operator<=>(const IpAddress&) const = default;

  private:
    std::array<std::byte, 16> bytes_{};
};

// An address and a port, in host byte order.
struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0;

    // "192.0.2.1:80" or "[2001:db8::1]:80".
    static Result<Endpoint> parse(std::string_view text);
    std::string to_string() const;
    auto operator<=>(const Endpoint&) const = default;
};

// A host that may still be a name, and a port: "example.org:80", "[::1]:80".
struct HostPort {
    std::string host;  // without brackets
    std::uint16_t port = 0;

    // The port may be missing when `default_port` is given (not 0).
    static Result<HostPort> parse(std::string_view text, std::uint16_t default_port = 0);
    std::string to_string() const;
    auto operator<=>(const HostPort&) const = default;
};

}  // namespace gantry
