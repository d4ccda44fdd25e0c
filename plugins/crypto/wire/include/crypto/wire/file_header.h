#pragma once

#include <gantry/crypto/aead.h>
#include <gantry/crypto/kdf.h>

#include <array>
#include <cstdint>

namespace gantry::crypto {

enum class KeyKind : std::uint8_t { key_file = 1, passphrase = 2 };

// What an encrypted file begins with (docs/protocols/crypto.md section 2).
struct FileHeader {
    static constexpr std::size_t kSize = 80;
    static constexpr std::size_t kMacSize = 32;
    using Mac = std::array<std::byte, kMacSize>;
    using Salt = std::array<std::byte, 32>;
    using Signed = std::array<std::byte, kSize - kMacSize>;  // what the MAC is of

    AeadAlgorithm cipher = AeadAlgorithm::aes256_gcm;  // not aes128_gcm
    KeyKind key_kind = KeyKind::key_file;
    ScryptCost cost{.log2_n = 0, .r = 0, .p = 0};  // for a passphrase, within the limits
    Salt salt{};
    Mac mac{};

    Signed signed_part() const;
    std::array<std::byte, kSize> encode() const;
    // Reads the first 80 bytes. ErrorCode::integrity: it is no encrypted file, or ends before.
    // unsupported: a version or field that is not known. limit: scrypt would cost too much.
    // The MAC is read, not checked.
    static Result<FileHeader> decode(ByteView bytes);
    bool operator==(const FileHeader&) const = default;
};

}  // namespace gantry::crypto
