#pragma once

#include <gantry/net/connector.h>
#include <gantry/testing/sim_network.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::testing {

// The Connector of one host of a SimNetwork. It opens sockets on any loop that shares the network's
// clock.
class SimConnector final : public Connector {
  public:
    SimConnector(SimNetwork& network, std::string host, ConnectPolicy policy = {});
    ~SimConnector() override;

    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done) override;
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override;
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override;
    Result<std::unique_ptr<DatagramSocket>> open_datagram(EventLoop& loop, const Endpoint& at,
                                                          const DatagramOptions& options) override;

  private:
    Result<std::vector<IpAddress>> allowed(const std::string& host) const;
    Endpoint source(const IpAddress& to);
    Result<Endpoint> bound(Endpoint at) const;

    std::shared_ptr<detail::NetworkState> state_;
    std::size_t host_;
    ConnectPolicy policy_;
};

}  // namespace gantry::testing
