#pragma once

#include <gantry/core/result.h>
#include <gantry/crypto/secret.h>

#include <string>
#include <string_view>

namespace gantry::crypto {

// The content of a key file (docs/protocols/crypto.md section 3).
struct KeyFile {
    static constexpr std::size_t kSecretSize = 32;

    std::string name;  // the identity for access rules; empty: none
    Secret secret;     // 32 bytes

    // The whole text of the file.
    Secret encode() const;
    // ErrorCode::integrity says what is wrong with which line, and shows none of it. The text is
    // the caller's, who wipes it.
    static Result<KeyFile> decode(ByteView text);
    // Whether a name may stand in a key file.
    static bool is_name(std::string_view name) noexcept;
};

}  // namespace gantry::crypto
