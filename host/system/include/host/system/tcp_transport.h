#pragma once

#include <gantry/net/transport.h>

namespace gantry::host {

// The service `gantry.transport` of the scheme "tcp": plain streams of a Connector.
class TcpTransport final : public Transport {
  public:
    static constexpr std::string_view kScheme = "tcp";

    // `connector` outlives the transport.
    explicit TcpTransport(Connector& connector) : connector_(connector) {}
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

}  // namespace gantry::host
