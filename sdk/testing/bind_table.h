#pragma once

#include <gantry/core/result.h>
#include <gantry/net/endpoint.h>

#include <cerrno>
#include <cstdint>
#include <map>
#include <vector>

namespace gantry::testing::detail {

// Who holds which local address and port of one host. `T` is not owned.
template <class T>
class BindTable {
  public:
    // Port 0 picks a free one.
    Result<Endpoint> claim(Endpoint at, bool shared, T* owner) {
        if (at.port == 0) {
            while (conflicts({at.address, next_port_}, false)) advance();
            at.port = next_port_;
            advance();
        } else if (conflicts(at, shared)) {
            return error_from_errno(EADDRINUSE, "net", at.to_string());
        }
        bound_.emplace(at.port, Entry{at.address, shared, owner});
        return at;
    }
    void release(const T* owner) {
        std::erase_if(bound_, [&](const auto& b) { return b.second.owner == owner; });
    }
    // All that receive what is sent to `to`: more than one only where they share the port.
    std::vector<T*> find(const Endpoint& to) const {
        std::vector<T*> found;
        const auto [first, last] = bound_.equal_range(to.port);
        for (auto it = first; it != last; ++it)
            if (covers(it->second.address, to.address)) found.push_back(it->second.owner);
        return found;
    }

  private:
    struct Entry {
        IpAddress address;
        bool shared = false;
        T* owner = nullptr;
    };
    // "::" takes both families, "0.0.0.0" IPv4 alone.
    static bool covers(const IpAddress& bound, const IpAddress& to) {
        if (!bound.is_unspecified()) return bound == to;
        return !bound.is_v4() || to.is_v4();
    }
    bool conflicts(const Endpoint& at, bool shared) const {
        const auto [first, last] = bound_.equal_range(at.port);
        for (auto it = first; it != last; ++it) {
            if (shared && it->second.shared) continue;
            if (covers(it->second.address, at.address) || covers(at.address, it->second.address))
                return true;
        }
        return false;
    }
    void advance() { next_port_ = next_port_ == 65535 ? kFirstPort : next_port_ + 1; }

    static constexpr std::uint16_t kFirstPort = 49152;  // RFC 6335 section 6
    std::multimap<std::uint16_t, Entry> bound_;
    std::uint16_t next_port_ = kFirstPort;
};

}  // namespace gantry::testing::detail
