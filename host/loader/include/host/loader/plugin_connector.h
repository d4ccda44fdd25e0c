#pragma once

#include <gantry/net/connector.h>
#include <host/loader/ledger.h>

#include <memory>

namespace gantry::host {

// The host's Connector as one plugin sees it: look-ups, connections that are being made, and every
// socket that comes of them are in the plugin's ledger.
class PluginConnector final : public Connector {
  public:
    // `inner` outlives it.
    PluginConnector(Connector& inner, std::shared_ptr<Ledger> ledger)
        : inner_(inner), ledger_(std::move(ledger)) {}

    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done) override;
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override;
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override;
    Result<std::unique_ptr<DatagramSocket>> open_datagram(EventLoop& loop, const Endpoint& at,
                                                          const DatagramOptions& options) override;

  private:
    Connector& inner_;
    std::shared_ptr<Ledger> ledger_;
};

}  // namespace gantry::host
