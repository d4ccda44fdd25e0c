#pragma once

#include <gantry/net/transport.h>

namespace gantry::testing {

// The service `gantry.transport` over any Connector: what the host provides as "tcp".
class SimTransport final : public Transport {
  public:
    // `connector` outlives the transport.
    explicit SimTransport(Connector& connector) : connector_(connector) {}

    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        return connector_.connect(loop, to, options, std::move(done));
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        return connector_.listen(loop, at, options, std::move(accepted));
    }

  private:
    Connector& connector_;
};

}  // namespace gantry::testing
