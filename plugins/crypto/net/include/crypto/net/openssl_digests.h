#pragma once

#include <gantry/crypto/digest.h>

namespace gantry::crypto {

// Digests by OpenSSL's libcrypto. ErrorCode::unsupported for an algorithm that its configuration
// does not offer (a FIPS provider has no MD5).
class OpensslDigests : public DigestService {
  public:
    Result<std::unique_ptr<Digest>> create(DigestAlgorithm algorithm) override;
};

}  // namespace gantry::crypto
