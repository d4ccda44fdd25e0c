#pragma once

#include <gantry/core/result.h>
#include <gantry/net/endpoint.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gantry::cs {

inline constexpr std::uint16_t kDefaultPort = 6789;

// cs://HOST[:PORT]/PATH, with the path's percent-escapes resolved.
struct CsUrl {
    HostPort server;
    std::string path;     // checked by normalize_path; "" is the root
    bool folder = false;  // it ends in '/', or is the root

    // ErrorCode::usage with advice for what is no such URL; denied for a path with "..".
    static Result<CsUrl> parse(std::string_view text);
    // The path's last component, or the host's name for the root: what a copy is called.
    std::string name() const;
    bool operator==(const CsUrl&) const = default;
};

}  // namespace gantry::cs
