#pragma once

#include <gantry/net/connector.h>

#include <memory>

namespace gantry::host {

class Resolver;

// The real Connector: TCP and UDP sockets of this machine. Thread-safe; it outlives what it made.
//
// The policy holds for listeners and datagram sockets as well, as what they send leaves too: an
// unspecified address becomes the policy's bind address, another one is denied. An address of the
// system itself ("::") listens to IPv4 too.
class SystemConnector final : public Connector {
  public:
    explicit SystemConnector(ConnectPolicy policy = {});
    // Names that are still being looked up are given up.
    ~SystemConnector() override;

    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done) override;
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override;
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override;
    Result<std::unique_ptr<DatagramSocket>> open_datagram(EventLoop& loop, const Endpoint& at,
                                                          const DatagramOptions& options) override;

    static constexpr std::size_t kMaxAddresses = 16;  // tried for one name
    // How long one address is tried alone (RFC 8305 section 5, Connection Attempt Delay).
    static constexpr Duration kAttemptDelay = std::chrono::milliseconds(250);

  private:
    ConnectPolicy policy_;
    std::unique_ptr<Resolver> resolver_;
};

}  // namespace gantry::host
