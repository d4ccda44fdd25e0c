#include <crypto/core/file_keys.h>
#include <crypto/core/tls_psk.h>

namespace gantry::crypto {

Result<NamedKey> derived_key(KdfService& kdf, const KeyFile& key, std::string_view purpose) {
    constexpr std::size_t kSize = 32;
    auto secret =
        kdf.hkdf(DigestAlgorithm::sha256, key.secret.view(), {}, as_bytes(purpose), kSize);
    if (!secret) return std::move(secret).error();
    if (!key.name.empty()) return NamedKey{key.name, std::move(*secret)};
    auto print = key_fingerprint(kdf, key.secret.view());
    if (!print) return std::move(print).error();
    return NamedKey{"key-" + *print, std::move(*secret)};
}

Result<TlsPsk> tls_psk(KdfService& kdf, const KeyFile& key) {
    auto made = derived_key(kdf, key, "gantry tls 1 psk");
    if (!made) return std::move(made).error();
    return TlsPsk{std::move(made->identity), std::move(made->key)};
}

}  // namespace gantry::crypto
