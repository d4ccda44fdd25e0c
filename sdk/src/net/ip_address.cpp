#include <gantry/net/endpoint.h>

#include <arpa/inet.h>

#include <algorithm>
#include <cstdio>
#include <span>

namespace gantry {
namespace {

constexpr std::size_t kMappedPrefix = 12;  // 80 zero bits and 16 ones, RFC 4291 section 2.5.5.2
constexpr std::size_t kGroups = 8;

std::uint16_t group(const std::array<std::byte, 16>& bytes, std::size_t i) {
    return static_cast<std::uint16_t>((std::to_integer<unsigned>(bytes[2 * i]) << 8) |
                                      std::to_integer<unsigned>(bytes[2 * i + 1]));
}

struct Run {
    std::size_t first = kGroups;
    std::size_t length = 0;
};

// The first of the longest runs of two or more zero groups (RFC 5952 section 4.2).
Run longest_zero_run(const std::array<std::byte, 16>& bytes) {
    Run best;
    for (std::size_t i = 0; i < kGroups; ++i) {
        std::size_t end = i;
        while (end < kGroups && group(bytes, end) == 0) ++end;
        if (end - i >= 2 && end - i > best.length) best = {i, end - i};
    }
    return best;
}

std::string v6_text(const std::array<std::byte, 16>& bytes) {
    const auto run = longest_zero_run(bytes);
    std::string text;
    for (std::size_t i = 0; i < kGroups; ++i) {
        if (i == run.first) {
            text += "::";
            i += run.length - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':') text += ':';
        char digits[5];
        std::snprintf(digits, sizeof digits, "%x", unsigned{group(bytes, i)});
        text += digits;
    }
    return text;
}

std::string v4_text(const std::array<std::byte, 16>& bytes) {
    std::string text;
    for (std::size_t i = kMappedPrefix; i < bytes.size(); ++i) {
        if (i > kMappedPrefix) text += '.';
        text += std::to_string(std::to_integer<unsigned>(bytes[i]));
    }
    return text;
}

}  // namespace

IpAddress IpAddress::v4(std::array<std::byte, 4> bytes) noexcept {
    IpAddress a;
    a.bytes_[10] = a.bytes_[11] = std::byte{0xff};
    std::ranges::copy(bytes, a.bytes_.begin() + kMappedPrefix);
    return a;
}

Result<IpAddress> IpAddress::parse(std::string_view text) {
    // A NUL inside would hide what follows it from inet_pton.
    const bool plain = text.size() < INET6_ADDRSTRLEN && text.find('\0') == text.npos;
    if (plain) {
        const std::string copy(text);
        std::array<std::byte, 4> four{};
        if (inet_pton(AF_INET, copy.c_str(), four.data()) == 1) return v4(four);
        std::array<std::byte, 16> sixteen{};
        if (inet_pton(AF_INET6, copy.c_str(), sixteen.data()) == 1) return v6(sixteen);
    }
    return make_error(ErrorCode::usage, "net", "not an IP address such as 192.0.2.1 or 2001:db8::1",
                      std::string(text));
}

bool IpAddress::is_v4() const noexcept {
    const auto prefix = std::span(bytes_).first<kMappedPrefix>();
    return std::ranges::all_of(prefix.first<10>(), [](auto b) { return b == std::byte{0}; }) &&
           prefix[10] == std::byte{0xff} && prefix[11] == std::byte{0xff};
}

bool IpAddress::is_loopback() const noexcept {
    if (is_v4()) return bytes_[kMappedPrefix] == std::byte{127};
    IpAddress one;
    one.bytes_[15] = std::byte{1};
    return *this == one;
}

bool IpAddress::is_unspecified() const noexcept {
    return *this == IpAddress{} || *this == v4(std::array<std::byte, 4>{});
}

std::string IpAddress::to_string() const { return is_v4() ? v4_text(bytes_) : v6_text(bytes_); }

}  // namespace gantry
