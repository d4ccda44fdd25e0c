#include <gantry/net/endpoint.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace gantry {
namespace {

constexpr std::size_t kMaxHost = 253;  // of a name in text form, RFC 1035 section 2.3.4

Error bad(std::string_view text, std::string message) {
    return make_error(ErrorCode::usage, "net", std::move(message), std::string(text));
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
    std::uint16_t port = 0;
    const auto end = digits.data() + digits.size();
    const auto [stop, problem] = std::from_chars(digits.data(), end, port);
    if (digits.empty() || problem != std::errc{} || stop != end) return std::nullopt;
    return port;
}

struct Parts {
    std::string_view host;
    std::optional<std::string_view> port;
    bool bracketed = false;
};

Result<Parts> split_bracketed(std::string_view text) {
    const auto close = text.find(']');
    if (close == text.npos) return bad(text, "the closing bracket is missing");
    Parts parts{text.substr(1, close - 1), std::nullopt, true};
    const auto rest = text.substr(close + 1);
    if (rest.empty()) return parts;
    if (rest.front() != ':') return bad(text, "a port begins with a colon");
    parts.port = rest.substr(1);
    return parts;
}

Result<Parts> split(std::string_view text) {
    if (text.starts_with('[')) return split_bracketed(text);
    const auto colon = text.find(':');
    if (colon == text.npos) return Parts{text, std::nullopt, false};
    if (text.find(':', colon + 1) != text.npos)
        return bad(text, "an IPv6 address stands in brackets: [2001:db8::1]:80");
    return Parts{text.substr(0, colon), text.substr(colon + 1), false};
}

bool fits_host(char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7f &&
           std::string_view("/@[]\\?#\"'<>").find(c) == std::string_view::npos;
}

Result<void> check_host(std::string_view text, const Parts& parts) {
    if (parts.bracketed) {
        const auto address = IpAddress::parse(parts.host);
        if (!address || parts.host.find(':') == parts.host.npos)
            return bad(text, "only an IPv6 address stands in brackets");
        return {};
    }
    if (parts.host.empty()) return bad(text, "the host is missing: HOST:PORT");
    if (parts.host.size() > kMaxHost || !std::ranges::all_of(parts.host, fits_host))
        return bad(text, "not a host's name or address");
    return {};
}

std::string join(const std::string& host, std::uint16_t port) {
    const bool v6 = host.find(':') != host.npos;
    return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace

Result<Endpoint> Endpoint::parse(std::string_view text) {
    auto parts = HostPort::parse(text);
    if (!parts) return std::move(parts).error();
    auto address = IpAddress::parse(parts->host);
    if (!address) return bad(text, "not an address and port such as 192.0.2.1:80");
    return Endpoint{*address, parts->port};
}

std::string Endpoint::to_string() const { return join(address.to_string(), port); }

Result<HostPort> HostPort::parse(std::string_view text, std::uint16_t default_port) {
    const auto parts = split(text);
    if (!parts) return parts.error();
    if (auto fits = check_host(text, *parts); !fits) return std::move(fits).error();
    if (!parts->port && default_port != 0) return HostPort{std::string(parts->host), default_port};
    if (!parts->port) return bad(text, "the port is missing: HOST:PORT");
    const auto port = port_of(*parts->port);
    if (!port) return bad(text, "a port is a number from 0 to 65535");
    return HostPort{std::string(parts->host), *port};
}

std::string HostPort::to_string() const { return join(host, port); }

}  // namespace gantry
