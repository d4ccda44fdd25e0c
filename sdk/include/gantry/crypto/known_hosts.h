#pragma once

#include <gantry/crypto/fingerprint.h>
#include <gantry/net/endpoint.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry {

struct KnownHost {
    HostPort host;  // its name in lower case
    Fingerprint fingerprint;
    bool operator==(const KnownHost&) const = default;
};

// The content of a known-hosts file (docs/protocols/crypto.md section 7): which certificate each
// server showed when it was first met. Comments and the order of lines stay.
class KnownHosts {
  public:
    static constexpr std::size_t kMaxBytes = 1024 * 1024;
    static constexpr std::size_t kMaxHosts = 10'000;

    // ErrorCode::integrity names the line that does not fit; limit.
    static Result<KnownHosts> parse(std::string_view text);
    std::string to_text() const;

    std::vector<KnownHost> all() const;
    std::vector<Fingerprint> find(const HostPort& host) const;
    // False when it was there. ErrorCode::limit; usage for a host that cannot stand in a line.
    Result<bool> add(const HostPort& host, const Fingerprint& fingerprint);
    // How many there were.
    std::size_t remove(const HostPort& host);

  private:
    struct Line {
        std::string text;
        std::optional<KnownHost> entry;  // none: a comment
    };
    std::vector<Line> lines_;
    std::size_t entries_ = 0;
};

}  // namespace gantry
