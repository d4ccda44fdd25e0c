#pragma once

#include <gantry/core/result.h>
#include <gantry/crypto/secret.h>
#include <gantry/service/service.h>

#include <string>
#include <string_view>

namespace gantry {

// A key that comes from a key file, and whose it is.
struct NamedKey {
    std::string identity;  // without "psk:": as a pre-shared key of TLS has it
    Secret key;            // 32 bytes
};

// The service `gantry.keys`, from crypto: the keys of a key file (docs/protocols/crypto.md
// section 3), one for each purpose, so that none is used for two. The file's own secret is never
// handed out. Thread-safe.
class KeyFileService {
  public:
    static constexpr ServiceKey key{"gantry.keys", 1};
    virtual ~KeyFileService() = default;
    // HKDF-SHA-256 of the file's secret, without salt; `purpose` is the info. Blocks.
    // ErrorCode::denied for a file that others than its owner may use; integrity or usage for one
    // that holds something else.
    virtual Result<NamedKey> derive(const std::string& key_file, std::string_view purpose) = 0;
};

}  // namespace gantry
