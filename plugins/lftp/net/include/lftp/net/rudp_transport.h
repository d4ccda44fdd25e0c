#pragma once

#include <gantry/net/transport.h>
#include <lftp/net/resting_ports.h>

namespace gantry::lftp {

// The service `gantry.transport` of the scheme "rudp": each stream is a connection of its own
// (docs/protocols/rudp.md), and not secured. A listener that is to share its port is unsupported.
class RudpTransport final : public Transport {
  public:
    static constexpr std::string_view kScheme = "rudp";

    // All of it outlives the transport. `home` carries what goes on after its stream has gone.
    RudpTransport(Connector& connector, Random& random, KdfService& kdf, EventLoop& home);

    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override;
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override;
    // Streams and listeners are gone by now. Delivers what they left for so long; then `done`.
    void stop(Duration drain, Task done) { resting_->stop(drain, std::move(done)); }

  private:
    PortParts parts_;
    std::shared_ptr<RestingPorts> resting_;
};

}  // namespace gantry::lftp
