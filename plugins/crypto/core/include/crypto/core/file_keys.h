#pragma once

#include <crypto/wire/file_header.h>

#include <string>

namespace gantry::crypto {

// The keys of an encrypted file (docs/protocols/crypto.md section 2). `master` is the secret of the
// key file, or what passphrase_secret() answers.

// Computes scrypt; blocks for as long as the header's cost says.
Result<Secret> passphrase_secret(KdfService& kdf, ByteView passphrase, const FileHeader& header);
// Sets the header's MAC.
Result<void> sign_header(KdfService& kdf, ByteView master, FileHeader& header);
// ErrorCode::security when the MAC is another: the wrong key, or a header that was changed.
Result<void> check_header(KdfService& kdf, ByteView master, const FileHeader& header);
Result<Secret> payload_key(KdfService& kdf, ByteView master, const FileHeader& header);

// 16 hex digits by which a key can be told; they give nothing of it away (section 3).
Result<std::string> key_fingerprint(KdfService& kdf, ByteView secret);

}  // namespace gantry::crypto
