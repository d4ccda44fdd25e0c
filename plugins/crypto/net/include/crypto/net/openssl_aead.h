#pragma once

#include <crypto/net/core_dump_shield.h>
#include <gantry/crypto/aead.h>

namespace gantry::crypto {

// AEAD keys by OpenSSL's libcrypto.
class OpensslAead : public AeadService {
  public:
    // `shield` is held by each key.
    explicit OpensslAead(CoreDumpShield& shield) : shield_(shield) {}
    Result<std::unique_ptr<AeadKey>> create(AeadAlgorithm algorithm, ByteView secret) override;

  private:
    CoreDumpShield& shield_;
};

}  // namespace gantry::crypto
