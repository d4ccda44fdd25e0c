#include <host/loader/held_net.h>
#include <host/loader/plugin_connector.h>

namespace gantry::host {

Registration PluginConnector::resolve(EventLoop& loop, const std::string& host,
                                      ResolveCallback done) {
    return ledger_->hold("look-up", inner_.resolve(loop, host, std::move(done)));
}

Registration PluginConnector::connect(EventLoop& loop, const HostPort& to,
                                      const ConnectOptions& options, ConnectCallback done) {
    auto held = [ledger = ledger_,
                 done = std::move(done)](Result<std::unique_ptr<Stream>> made) mutable {
        if (!made) return done(std::move(made));
        return done(std::make_unique<HeldStream>(ledger, std::move(*made)));
    };
    return ledger_->hold("connect", inner_.connect(loop, to, options, std::move(held)));
}

Result<std::unique_ptr<Listener>> PluginConnector::listen(EventLoop& loop, const Endpoint& at,
                                                          const ListenOptions& options,
                                                          AcceptCallback accepted) {
    auto held = [ledger = ledger_,
                 accepted = std::move(accepted)](std::unique_ptr<Stream> stream) mutable {
        return accepted(std::make_unique<HeldStream>(ledger, std::move(stream)));
    };
    auto made = inner_.listen(loop, at, options, std::move(held));
    if (!made) return made;
    return std::make_unique<HeldListener>(ledger_, std::move(*made));
}

Result<std::unique_ptr<DatagramSocket>> PluginConnector::open_datagram(
    EventLoop& loop, const Endpoint& at, const DatagramOptions& options) {
    auto made = inner_.open_datagram(loop, at, options);
    if (!made) return made;
    return std::make_unique<HeldDatagramSocket>(ledger_, std::move(*made));
}

}  // namespace gantry::host
