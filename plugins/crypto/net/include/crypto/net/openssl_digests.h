#pragma once

#include <gantry/crypto/digest.h>

#include <openssl/types.h>

#include <array>
#include <memory>

namespace gantry::crypto {

// Digests by OpenSSL's libcrypto. ErrorCode::unsupported for an algorithm that its configuration
// does not offer (a FIPS provider has no MD5).
class OpensslDigests : public DigestService {
  public:
    // Looks the algorithms up, which costs more than digesting a small file does.
    OpensslDigests();
    Result<std::unique_ptr<Digest>> create(DigestAlgorithm algorithm) override;

  private:
    std::array<std::shared_ptr<EVP_MD>, 3> methods_;  // null: not offered
};

}  // namespace gantry::crypto
