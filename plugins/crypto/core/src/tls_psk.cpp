#include <crypto/core/file_keys.h>
#include <crypto/core/tls_psk.h>

namespace gantry::crypto {

Result<TlsPsk> tls_psk(KdfService& kdf, const KeyFile& key) {
    constexpr std::size_t kSize = 32;
    auto secret = kdf.hkdf(DigestAlgorithm::sha256, key.secret.view(), {},
                           as_bytes("gantry tls 1 psk"), kSize);
    if (!secret) return std::move(secret).error();
    if (!key.name.empty()) return TlsPsk{key.name, std::move(*secret)};
    auto print = key_fingerprint(kdf, key.secret.view());
    if (!print) return std::move(print).error();
    return TlsPsk{"key-" + *print, std::move(*secret)};
}

}  // namespace gantry::crypto
