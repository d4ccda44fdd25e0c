#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>
#include <gantry/service/service.h>

#include <array>
#include <memory>

namespace gantry {

// Ed25519 as in RFC 8032 section 5.1 (the pure form, without context).
inline constexpr std::size_t kEd25519SeedSize = 32;  // the secret key, as the RFC stores it
using Ed25519PublicKey = std::array<std::byte, 32>;
using Ed25519Signature = std::array<std::byte, 64>;

// A secret key, ready to sign. Not thread-safe; any thread.
class SigningKey {
  public:
    virtual ~SigningKey() = default;
    virtual Result<Ed25519Signature> sign(ByteView message) = 0;
    virtual const Ed25519PublicKey& public_key() const noexcept = 0;
};

// The service `gantry.signature`, from crypto. Thread-safe.
class SignatureService {
  public:
    static constexpr ServiceKey key{"gantry.signature", 1};
    virtual ~SignatureService() = default;
    // From 32 random bytes, which are copied. ErrorCode::usage for another length.
    virtual Result<std::unique_ptr<SigningKey>> create(ByteView seed) = 0;
    // Nothing, or ErrorCode::security when the signature is not that key's for that message; so
    // also for what is no key or has not the length of a signature: both come from a peer.
    virtual Result<void> verify(ByteView public_key, ByteView message, ByteView signature) = 0;
};

}  // namespace gantry
