#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>
#include <gantry/service/service.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace gantry {

// AES-GCM as in NIST SP 800-38D with 96-bit nonces, ChaCha20-Poly1305 as in RFC 8439.
enum class AeadAlgorithm : std::uint8_t { aes128_gcm, aes256_gcm, chacha20_poly1305 };

inline constexpr std::size_t kAeadNonceSize = 12;
inline constexpr std::size_t kAeadTagSize = 16;
using AeadNonce = std::array<std::byte, kAeadNonceSize>;

// One message of a batch. All bytes are the caller's and are borrowed for the call.
struct AeadBuffer {
    AeadNonce nonce{};       // for sealing: never twice with one key
    ByteView associated;     // authenticated, not encrypted; may be empty
    ByteSpan bytes;          // the text, and behind it 16 bytes for the tag
    bool authentic = false;  // set by unseal()

    // Where the text is; only for `bytes` of at least 16.
    ByteSpan text() const noexcept { return bytes.first(bytes.size() - kAeadTagSize); }
};

// A key, ready for use. Sealing and unsealing allocate nothing. Not thread-safe; any thread. For
// several threads make one each.
class AeadKey {
  public:
    virtual ~AeadKey() = default;
    // Encrypts each text in place and writes its tag. ErrorCode::usage when one of them has no room
    // for its tag; then none is touched.
    virtual Result<void> seal(std::span<const AeadBuffer> batch) = 0;
    // Checks each tag and decrypts the text in place, and says how many were `authentic`. Where one
    // is not, or is shorter than a tag, its bytes are wiped and the others go on.
    virtual std::size_t unseal(std::span<AeadBuffer> batch) = 0;
};

// The service `gantry.aead`, from crypto. Thread-safe.
class AeadService {
  public:
    static constexpr ServiceKey key{"gantry.aead", 1};
    virtual ~AeadService() = default;
    // ErrorCode::usage when `secret` has not aead_key_size() bytes; unsupported for an algorithm
    // that the system does not offer. The bytes are copied.
    virtual Result<std::unique_ptr<AeadKey>> create(AeadAlgorithm algorithm, ByteView secret) = 0;
};

std::size_t aead_key_size(AeadAlgorithm algorithm) noexcept;   // 16 or 32
std::string_view aead_name(AeadAlgorithm algorithm) noexcept;  // "aes256-gcm"
Result<AeadAlgorithm> aead_from_name(std::string_view name);   // ErrorCode::usage

}  // namespace gantry
