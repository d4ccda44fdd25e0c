#pragma once

#include <crypto/net/local_file.h>
#include <crypto/wire/key_file.h>

#include <string>

namespace gantry::crypto {

// Where secrets come from (docs/protocols/crypto.md section 4). All block, and all answer
// ErrorCode::cancelled when `cancel` asks for it.

// One byte more than `max_bytes` when there are as many, so that the caller can tell.
// ErrorCode::denied when others may read or write the file.
Result<Secret> read_private_file(const std::string& path, const std::string& shown_name,
                                 std::size_t max_bytes, const CancelToken& cancel);
// As read_private_file; integrity when it is no key file.
Result<KeyFile> read_key_file(const std::string& path, const std::string& shown_name,
                              const CancelToken& cancel);
// The first line of a file, pipe or descriptor, without its line feed. ErrorCode::usage when it is
// empty; limit when it is longer than a passphrase may be.
Result<Secret> read_passphrase_file(const std::string& path, const std::string& shown_name,
                                    const CancelToken& cancel);
// Asks at the process's terminal, which does not echo meanwhile. ErrorCode::usage when there is
// none, or when a line editor has it; limit and usage as above.
Result<Secret> ask_passphrase(std::string_view prompt, const CancelToken& cancel);

}  // namespace gantry::crypto
