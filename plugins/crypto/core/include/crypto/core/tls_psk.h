#pragma once

#include <crypto/wire/key_file.h>
#include <gantry/crypto/kdf.h>
#include <gantry/crypto/tls.h>

namespace gantry::crypto {

// The pre-shared key of a key file (docs/protocols/crypto.md section 6).
Result<TlsPsk> tls_psk(KdfService& kdf, const KeyFile& key);

}  // namespace gantry::crypto
