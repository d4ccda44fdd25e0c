#pragma once

#include <gantry/net/connector.h>
#include <gantry/service/service.h>

namespace gantry {

// The service `gantry.transport`: streams by scheme. Each provider serves one scheme, which is the
// service's instance name ("tcp" from the host, "rudp" from lftp). Thread-safe; what it hands out
// belongs to the loop that was passed. Errors as in Connector.
class Transport {
  public:
    static constexpr ServiceKey key{"gantry.transport", 1};

    virtual ~Transport() = default;
    virtual Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                                 ConnectCallback done) = 0;
    // `at` port 0 picks a free one; ask the listener.
    virtual Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                                     const ListenOptions& options,
                                                     AcceptCallback accepted) = 0;
};

}  // namespace gantry
