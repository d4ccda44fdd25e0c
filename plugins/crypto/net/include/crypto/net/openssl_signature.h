#pragma once

#include <crypto/net/core_dump_shield.h>
#include <gantry/crypto/signature.h>

namespace gantry::crypto {

// Ed25519 by OpenSSL's libcrypto.
class OpensslSignature : public SignatureService {
  public:
    // `shield` is held by each signing key.
    explicit OpensslSignature(CoreDumpShield& shield) : shield_(shield) {}
    Result<std::unique_ptr<SigningKey>> create(ByteView seed) override;
    Result<void> verify(ByteView public_key, ByteView message, ByteView signature) override;

  private:
    CoreDumpShield& shield_;
};

}  // namespace gantry::crypto
