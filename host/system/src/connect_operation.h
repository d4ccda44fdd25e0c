#pragma once

#include <gantry/net/connector.h>

#include <list>
#include <optional>
#include <vector>

#include "owned_socket.h"

namespace gantry::host {

class Resolver;

// One connect() of a SystemConnector: looks the name up, then tries its addresses one after the
// other, each with a head start before the next joins it (RFC 8305 section 5). The first that
// connects wins. Destroying it gives all up.
class ConnectOperation final : public RegistrationToken {
  public:
    // `policy` and `resolver` are the connector's, which outlives its operations.
    ConnectOperation(const ConnectPolicy& policy, Resolver& resolver, EventLoop& loop, HostPort to,
                     ConnectCallback done);
    void start(Duration timeout);
    // The same with the name looked up already; at least one address.
    void start_with(std::vector<IpAddress> addresses, Duration timeout);

  private:
    // One address that is being tried.
    struct Attempt {
        Endpoint to;
        OwnedSocket socket;
        std::unique_ptr<Watch> watch;  // goes before the socket
    };
    using Attempts = std::list<Attempt>;

    void make_timers(Duration timeout);
    Result<void> on_addresses(Result<std::vector<IpAddress>> addresses);
    Result<void> try_next();
    Result<void> begin(const Endpoint& to);
    Result<void> on_ready(Attempts::iterator attempt);
    Result<void> failed(Error error);
    Result<void> succeed(OwnedSocket socket);
    Result<void> finish(Result<std::unique_ptr<Stream>> outcome);

    const ConnectPolicy& policy_;
    Resolver& resolver_;
    EventLoop& loop_;
    HostPort to_;
    ConnectCallback done_;
    Registration lookup_;
    std::vector<IpAddress> addresses_;
    std::size_t next_ = 0;  // in addresses_
    Attempts attempts_;
    std::optional<Error> first_error_;
    std::unique_ptr<Timer> deadline_;
    std::unique_ptr<Timer> head_start_;
};

}  // namespace gantry::host
