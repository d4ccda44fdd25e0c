#pragma once

#include <gantry/crypto/digest.h>
#include <openssl/sha.h>

#include <string>

namespace gantry::testing {

// SHA-256 for tests that stand below the crypto plugin. They link OpenSSL::Crypto.
class Sha256Digest final : public Digest {
  public:
    void update(ByteView bytes) override { text_ += as_text(bytes); }
    std::vector<std::byte> finish() override {
        std::vector<std::byte> out(SHA256_DIGEST_LENGTH);
        ::SHA256(reinterpret_cast<const unsigned char*>(text_.data()), text_.size(),
                 reinterpret_cast<unsigned char*>(out.data()));
        text_.clear();
        return out;
    }

  private:
    std::string text_;
};

}  // namespace gantry::testing
