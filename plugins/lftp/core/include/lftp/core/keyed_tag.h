#pragma once

#include <gantry/crypto/kdf.h>

#include <array>

namespace gantry::lftp {

// HMAC-SHA-256 under one key, cut to 16 bytes: what only its maker can make. One thread.
class KeyedTag {
  public:
    using Tag = std::array<std::byte, 16>;

    // Errors of KdfService::hmac().
    static Result<KeyedTag> make(KdfService& kdf, ByteView key);
    Tag of(ByteView bytes) const;

  private:
    explicit KeyedTag(std::unique_ptr<Digest> hmac) : hmac_(std::move(hmac)) {}

    std::unique_ptr<Digest> hmac_;
};

}  // namespace gantry::lftp
