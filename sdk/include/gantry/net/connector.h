#pragma once

#include <gantry/core/registration.h>
#include <gantry/net/datagram_socket.h>
#include <gantry/net/listener.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gantry {

// What holds for every connection that leaves this process through one Connector.
struct ConnectPolicy {
    std::optional<IpAddress> bind_address;  // leave from this address only
    std::string bind_interface;             // and this interface (SO_BINDTODEVICE); empty: any
    bool allow_v4 = true;
    bool allow_v6 = true;
};

struct ConnectOptions {
    Duration timeout = std::chrono::seconds(20);  // over all addresses of the name
};

using ConnectCallback = Callback<Result<std::unique_ptr<Stream>>>;
using ResolveCallback = Callback<Result<std::vector<IpAddress>>>;

// The one way out: it resolves names, applies one policy and opens sockets, so that a leak can be
// ruled out in one place. Call it on the loop that is passed; that loop must outlive what it
// returns.
//
// The callback comes once, in a later turn of the loop, unless the Registration is dropped first.
// Errors: not_found (no such name), network (refused, unreachable, address or port in use),
// timeout, denied (policy: it holds for local addresses to listen or bind at, too).
class Connector {
  public:
    virtual ~Connector() = default;
    virtual Registration resolve(EventLoop& loop, const std::string& host,
                                 ResolveCallback done) = 0;
    // Tries the name's addresses in turn, both families interleaved (RFC 8305 section 4).
    virtual Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                                 ConnectCallback done) = 0;
    virtual Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                                     const ListenOptions& options,
                                                     AcceptCallback accepted) = 0;
    virtual Result<std::unique_ptr<DatagramSocket>> open_datagram(
        EventLoop& loop, const Endpoint& at, const DatagramOptions& options) = 0;
};

}  // namespace gantry
