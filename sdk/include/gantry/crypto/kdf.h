#pragma once

#include <gantry/crypto/digest.h>
#include <gantry/crypto/secret.h>

namespace gantry {

// What scrypt (RFC 7914) costs: about 128 * r * 2^log2_n bytes of memory, and p times the work.
struct ScryptCost {
    unsigned log2_n = 17;  // 1 to 63
    std::uint32_t r = 8;
    std::uint32_t p = 1;
    bool operator==(const ScryptCost&) const = default;
};

// The service `gantry.kdf`, from crypto. Thread-safe.
class KdfService {
  public:
    static constexpr ServiceKey key{"gantry.kdf", 1};
    virtual ~KdfService() = default;

    // A running HMAC (RFC 2104, FIPS 198-1), used as a Digest is. Keys of any length, none too.
    virtual Result<std::unique_ptr<Digest>> hmac(DigestAlgorithm algorithm, ByteView secret) = 0;
    // HKDF (RFC 5869), extract and expand in one; `size` bytes, at most 255 digests of them, else
    // ErrorCode::usage. An empty salt is the RFC's "not provided".
    virtual Result<Secret> hkdf(DigestAlgorithm algorithm, ByteView secret, ByteView salt,
                                ByteView info, std::size_t size) = 0;
    virtual Result<Secret> hkdf_extract(DigestAlgorithm algorithm, ByteView secret,
                                        ByteView salt) = 0;
    virtual Result<Secret> hkdf_expand(DigestAlgorithm algorithm, ByteView pseudorandom_key,
                                       ByteView info, std::size_t size) = 0;
    // Blocks for as long as it costs. ErrorCode::usage for parameters the RFC forbids; limit when
    // it would take more than kMaxScryptMemory, or more than the machine gives.
    virtual Result<Secret> scrypt(ByteView passphrase, ByteView salt, const ScryptCost& cost,
                                  std::size_t size) = 0;

    static constexpr std::uint64_t kMaxScryptMemory = std::uint64_t{1} << 30;
};

}  // namespace gantry
