#pragma once

#include <crypto/wire/key_file.h>
#include <gantry/crypto/kdf.h>
#include <gantry/crypto/key_file.h>
#include <gantry/crypto/tls.h>

#include <string_view>

namespace gantry::crypto {

// The key of a key file for one purpose, and the identity that goes with it.
Result<NamedKey> derived_key(KdfService& kdf, const KeyFile& key, std::string_view purpose);
// The pre-shared key of a key file (docs/protocols/crypto.md section 6).
Result<TlsPsk> tls_psk(KdfService& kdf, const KeyFile& key);

}  // namespace gantry::crypto
