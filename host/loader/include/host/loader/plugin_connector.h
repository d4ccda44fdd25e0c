#pragma once

#include <gantry/net/connector.h>
#include <host/loader/ledger.h>

#include <memory>

namespace gantry::host {

// The host's Connector as one plugin sees it: connections that are being made are in its ledger.
class PluginConnector final : public Connector {
  public:
    // `inner` outlives it.
    PluginConnector(Connector& inner, std::shared_ptr<Ledger> ledger)
        : inner_(inner), ledger_(std::move(ledger)) {}

    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done) override {
        return ledger_->hold("look-up", inner_.resolve(loop, host, std::move(done)));
    }
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        return ledger_->hold("connect", inner_.connect(loop, to, options, std::move(done)));
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        return inner_.listen(loop, at, options, std::move(accepted));
    }
    Result<std::unique_ptr<DatagramSocket>> open_datagram(EventLoop& loop, const Endpoint& at,
                                                          const DatagramOptions& options) override {
        return inner_.open_datagram(loop, at, options);
    }

  private:
    Connector& inner_;
    std::shared_ptr<Ledger> ledger_;
};

}  // namespace gantry::host
