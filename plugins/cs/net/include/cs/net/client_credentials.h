#pragma once

#include <cs/net/security.h>

#include <optional>

namespace gantry::cs {

// What the files of a ClientSecurity hold. Immutable once loaded; any thread.
class ClientCredentials {
  public:
    // Blocks. Errors: those of TlsService::load_...
    static Result<std::unique_ptr<ClientCredentials>> load(TlsService& tls,
                                                           const ClientSecurity& said);
    // What connects to a server that shows one of these certificates, or proves itself by the key
    // or the authority of the files.
    Result<std::unique_ptr<TlsClient>> client(TlsService& tls,
                                              const std::vector<Fingerprint>& accepted) const;

  private:
    ClientCredentials() = default;

    std::optional<TlsPsk> key_;
    std::optional<TlsCertificate> certificate_;
    std::optional<TrustCa> authority_;
};

}  // namespace gantry::cs
