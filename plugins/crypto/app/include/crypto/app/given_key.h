#pragma once

#include <crypto/wire/file_header.h>
#include <gantry/command/call.h>

namespace gantry::crypto {

// The key or passphrase that a person gave for a file.
struct GivenKey {
    KeyKind kind = KeyKind::key_file;
    Secret secret;  // of the key file, or the passphrase
};

// What --key-file or --passphrase-file name; without either it asks at the terminal, twice with
// `new_passphrase`. ErrorCode::usage when both are given, or two answers differ. Blocks.
Result<GivenKey> take_key(CommandCall& call, bool new_passphrase);
// As take_key() for a file that is there. ErrorCode::security when a key of the other kind is
// given.
Result<GivenKey> take_key_for(CommandCall& call, KeyKind kind);

// The master secret for a file with this header; computes scrypt for a passphrase.
Result<Secret> master_secret(KdfService& kdf, GivenKey given, const FileHeader& header);

}  // namespace gantry::crypto
