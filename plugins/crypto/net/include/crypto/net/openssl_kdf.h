#pragma once

#include <crypto/net/core_dump_shield.h>
#include <gantry/crypto/kdf.h>

namespace gantry::crypto {

// Key derivation by OpenSSL's libcrypto.
class OpensslKdf : public KdfService {
  public:
    // `shield` is held by each running HMAC, and while a key is derived.
    explicit OpensslKdf(CoreDumpShield& shield) : shield_(shield) {}
    Result<std::unique_ptr<Digest>> hmac(DigestAlgorithm algorithm, ByteView secret) override;
    Result<Secret> hkdf(DigestAlgorithm algorithm, ByteView secret, ByteView salt, ByteView info,
                        std::size_t size) override;
    Result<Secret> hkdf_extract(DigestAlgorithm algorithm, ByteView secret, ByteView salt) override;
    Result<Secret> hkdf_expand(DigestAlgorithm algorithm, ByteView pseudorandom_key, ByteView info,
                               std::size_t size) override;
    Result<Secret> scrypt(ByteView passphrase, ByteView salt, const ScryptCost& cost,
                          std::size_t size) override;

  private:
    CoreDumpShield& shield_;
};

}  // namespace gantry::crypto
