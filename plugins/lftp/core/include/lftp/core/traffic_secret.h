#pragma once

#include <gantry/crypto/aead.h>
#include <gantry/crypto/kdf.h>
#include <lftp/wire/packet_number.h>

#include <memory>

namespace gantry::lftp {

// A key for packets of one direction, with what makes their nonces.
struct TrafficKey {
    std::unique_ptr<AeadKey> key;
    AeadNonce iv{};

    // The nonce of a packet: `iv` with its number in the last 8 bytes.
    AeadNonce nonce(PacketNumber number) const noexcept;
};

// What the keys of one direction come from (docs/protocols/rudp.md section 5).
class TrafficSecret {
  public:
    static constexpr std::size_t kSize = 32;

    // The services outlive it. `secret` has kSize bytes.
    TrafficSecret(Secret secret, AeadAlgorithm algorithm, KdfService& kdf,
                  AeadService& aead) noexcept
        : secret_(std::move(secret)), algorithm_(algorithm), kdf_(&kdf), aead_(&aead) {}

    Result<TrafficKey> key() const;
    Result<TrafficSecret> next() const;

  private:
    Result<Secret> expand(std::string_view label, std::size_t size) const;

    Secret secret_;
    AeadAlgorithm algorithm_;
    KdfService* kdf_;
    AeadService* aead_;
};

}  // namespace gantry::lftp
