#pragma once

#include <crypto/net/openssl_kdf.h>
#include <gantry/crypto/key_file.h>

namespace gantry::crypto {

// What key files on the disk hold, for other plugins.
class KeyFiles final : public KeyFileService {
  public:
    explicit KeyFiles(KdfService& kdf) : kdf_(kdf) {}
    Result<NamedKey> derive(const std::string& key_file, std::string_view purpose) override;

  private:
    KdfService& kdf_;
};

}  // namespace gantry::crypto
