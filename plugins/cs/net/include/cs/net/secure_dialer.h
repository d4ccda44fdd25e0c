#pragma once

#include <cs/net/pool_runner.h>
#include <cs/net/security.h>
#include <gantry/core/clock.h>
#include <gantry/net/transport.h>

#include <memory>

namespace gantry::cs {

// What a SecureDialer stands on. All but the services outlive it and what it began.
struct DialParts {
    Transport& transport;
    std::shared_ptr<const SecurityServices> services;
    const Clock& clock;
    PoolRunner& pool;  // of the loop that connects
};

// A transport whose connections are secured by TLS before anybody gets them, and whose servers have
// proved who they are (docs/protocols/crypto.md section 7). A server that is not known is asked
// twice: what it shows is first judged, then demanded. The loop's thread only.
//
// Errors of connect(), besides the transport's: security with what to do; timeout; those of reading
// the files that were named.
class SecureDialer final : public Transport {
  public:
    SecureDialer(DialParts parts, ClientSecurity said);
    ~SecureDialer() override;
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override;
    // ErrorCode::unsupported: this is for clients.
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override;

  private:
    std::shared_ptr<struct DialShared> shared_;
};

}  // namespace gantry::cs
