#include <crypto/core/tls_psk.h>
#include <crypto/net/key_files.h>
#include <crypto/net/secret_input.h>

#include "never_cancelled.h"

namespace gantry::crypto {

Result<NamedKey> KeyFiles::derive(const std::string& key_file, std::string_view purpose) {
    auto read = read_key_file(key_file, key_file, NeverCancelled());
    if (!read) return std::move(read).error();
    auto made = derived_key(kdf_, *read, purpose);
    if (!made && made.error().context.empty()) made.error().context = key_file;
    return made;
}

}  // namespace gantry::crypto
