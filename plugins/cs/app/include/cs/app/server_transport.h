#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/security_options.h>
#include <cs/net/access_control.h>
#include <cs/net/secure_gate.h>

namespace gantry::cs {

// What a server listens by: the transport that --over names, plain or secured as the options say.
// It outlives the server.
class ServerTransport {
  public:
    explicit ServerTransport(AppParts& parts) : parts_(parts) {}
    // Reads the options. Errors as in ClientTransport::choose().
    Result<void> choose(const Arguments& arguments, Wire wire, const ResolvePath& resolve);
    // ErrorCode::security: other machines reach the address, it is not secured, and nobody said
    // that this is meant.
    Result<void> check_address(const Endpoint& at, bool insecure) const;
    // Reads the files. Blocks. ErrorCode::usage, and those of TlsService. `turned_away` is called
    // on any of the server's loops.
    Result<void> load(TurnedAway turned_away);
    bool secured() const noexcept { return said_.has_value(); }
    // Clients that are not secured come in as well.
    bool lets_plain_in() const noexcept { return said_ && said_->plain == PlainClients::let_in; }
    Transport& get() noexcept { return gate_ ? static_cast<Transport&>(*gate_) : carrier(); }

  private:
    Transport& carrier() noexcept { return carrier_ ? *carrier_ : *parts_.transport; }

    AppParts& parts_;
    ServiceRef<Transport> carrier_;  // what --over names; none: TCP
    std::optional<ServerSecurity> said_;
    std::shared_ptr<const SecurityServices> services_;
    std::unique_ptr<SecureGate> gate_;
};

// What --access names, read; null when it is not given. Blocks. Errors: those of AccessService, and
// not_found when the crypto plugin is missing.
Result<std::shared_ptr<AccessControl>> open_access(Context& context,
                                                   const std::optional<std::string>& path);

}  // namespace gantry::cs
