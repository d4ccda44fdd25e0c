#pragma once

#include <cs/net/security.h>
#include <gantry/core/clock.h>
#include <gantry/net/transport.h>

#include <memory>

namespace gantry::cs {

// Who was turned away before it could ask for anything, and why. On the loop that listens.
using TurnedAway = std::function<void(const Endpoint& peer, const Error& why)>;

// A transport whose listeners hand over a stream only when its TLS handshake is done. A client that
// speaks cs without TLS is told so in its own words, or let in, where the server knows what to give
// it (docs/protocols/cs.md section 8); others that speak no TLS are dropped. At most
// limits::kMaxHandshakes of one listener are under way: one more drops the oldest. Thread-safe, as
// a Transport is.
class SecureGate final : public Transport {
  public:
    // `transport` and `clock` outlive it; it outlives its listeners.
    SecureGate(Transport& transport, std::unique_ptr<TlsServer> server, const Clock& clock,
               TurnedAway turned_away, PlainClients plain = PlainClients::turn_away);
    ~SecureGate() override;
    // ErrorCode::unsupported: this is for servers.
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override;
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override;

  private:
    Transport& transport_;
    std::unique_ptr<TlsServer> server_;
    const Clock& clock_;
    TurnedAway turned_away_;
    PlainClients plain_;
};

}  // namespace gantry::cs
