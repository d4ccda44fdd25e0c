#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>
#include <gantry/service/service.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gantry {

// SHA-1 and SHA-256 as in FIPS 180-4, MD5 as in RFC 1321. SHA-1 and MD5 are for old protocols and
// lists; they do not protect against a forger.
enum class DigestAlgorithm : std::uint8_t { sha256, sha1, md5 };

// One running digest. Not thread-safe; any thread.
class Digest {
  public:
    virtual ~Digest() = default;
    virtual void update(ByteView bytes) = 0;
    // The digest of all bytes since creation or the last finish(), after which it starts anew.
    virtual std::vector<std::byte> finish() = 0;
};

// The service `gantry.digest`, from crypto. Thread-safe.
class DigestService {
  public:
    static constexpr ServiceKey key{"gantry.digest", 1};
    virtual ~DigestService() = default;
    virtual Result<std::unique_ptr<Digest>> create(DigestAlgorithm algorithm) = 0;
};

std::string_view digest_name(DigestAlgorithm algorithm) noexcept;  // "sha256"
// ErrorCode::usage for a name that is none of them.
Result<DigestAlgorithm> digest_from_name(std::string_view name);
std::string to_hex(ByteView bytes);
// An even number of hex digits of either case, or ErrorCode::usage.
Result<std::vector<std::byte>> from_hex(std::string_view text);

}  // namespace gantry
