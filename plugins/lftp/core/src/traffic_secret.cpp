#include <lftp/core/traffic_secret.h>

#include <algorithm>

namespace gantry::lftp {

AeadNonce TrafficKey::nonce(PacketNumber number) const noexcept {
    AeadNonce out = iv;
    for (std::size_t i = 0; i < 8; ++i)
        out[kAeadNonceSize - 1 - i] ^= static_cast<std::byte>(number.value() >> (8 * i));
    return out;
}

Result<Secret> TrafficSecret::expand(std::string_view label, std::size_t size) const {
    return kdf_->hkdf_expand(DigestAlgorithm::sha256, secret_.view(), as_bytes(label), size);
}

Result<TrafficKey> TrafficSecret::key() const {
    const auto bytes = expand("rudp key", aead_key_size(algorithm_));
    const auto iv = expand("rudp iv", kAeadNonceSize);
    if (!bytes) return bytes.error();
    if (!iv) return iv.error();
    auto key = aead_->create(algorithm_, bytes->view());
    if (!key) return std::move(key).error();
    TrafficKey out{std::move(*key)};
    std::ranges::copy(iv->view(), out.iv.begin());
    return out;
}

Result<TrafficSecret> TrafficSecret::next() const {
    auto secret = expand("rudp next", kSize);
    if (!secret) return std::move(secret).error();
    return TrafficSecret(std::move(*secret), algorithm_, *kdf_, *aead_);
}

}  // namespace gantry::lftp
