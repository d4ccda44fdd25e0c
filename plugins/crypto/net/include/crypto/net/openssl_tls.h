#pragma once

#include <crypto/net/core_dump_shield.h>
#include <crypto/net/openssl_kdf.h>
#include <gantry/crypto/tls.h>

namespace gantry::crypto {

// The service `gantry.tls` by OpenSSL's libssl.
class OpensslTls : public TlsService {
  public:
    // `shield` is held while settings or connections of theirs live.
    explicit OpensslTls(CoreDumpShield& shield) : shield_(shield), kdf_(shield) {}
    Result<std::unique_ptr<TlsClient>> client(const TlsClientSettings& settings) override;
    Result<std::unique_ptr<TlsServer>> server(const TlsServerSettings& settings) override;
    Result<TlsPsk> load_psk(const std::string& key_file) override;
    Result<TlsCertificate> load_certificate(const std::string& pem_file) override;
    Result<TrustCa> load_ca(const std::string& pem_file) override;

  private:
    CoreDumpShield& shield_;
    OpensslKdf kdf_;
};

}  // namespace gantry::crypto
