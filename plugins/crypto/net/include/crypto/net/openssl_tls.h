#pragma once

#include <crypto/net/core_dump_shield.h>
#include <gantry/crypto/tls.h>

namespace gantry::crypto {

// The service `gantry.tls` by OpenSSL's libssl.
class OpensslTls : public TlsService {
  public:
    // `shield` is held while settings or connections of theirs live.
    explicit OpensslTls(CoreDumpShield& shield) : shield_(shield) {}
    Result<std::unique_ptr<TlsClient>> client(const TlsClientSettings& settings) override;
    Result<std::unique_ptr<TlsServer>> server(const TlsServerSettings& settings) override;

  private:
    CoreDumpShield& shield_;
};

}  // namespace gantry::crypto
