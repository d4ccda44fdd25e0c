#pragma once

#include <gantry/core/result.h>
#include <gantry/crypto/digest.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <memory>
#include <string>

namespace gantry::crypto {

// Owners of what OpenSSL hands out.
struct OpensslFree {
    void operator()(EVP_MD* md) const noexcept { EVP_MD_free(md); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    void operator()(EVP_CIPHER* cipher) const noexcept { EVP_CIPHER_free(cipher); }
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_MAC* mac) const noexcept { EVP_MAC_free(mac); }
    void operator()(EVP_MAC_CTX* context) const noexcept { EVP_MAC_CTX_free(context); }
    void operator()(EVP_KDF* kdf) const noexcept { EVP_KDF_free(kdf); }
    void operator()(EVP_KDF_CTX* context) const noexcept { EVP_KDF_CTX_free(context); }
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
template <class T>
using OpensslPtr = std::unique_ptr<T, OpensslFree>;

inline const char* openssl_name(DigestAlgorithm algorithm) noexcept {
    switch (algorithm) {
        case DigestAlgorithm::sha256:
            return "SHA2-256";
        case DigestAlgorithm::sha1:
            return "SHA1";
        case DigestAlgorithm::md5:
            return "MD5";
    }
    return "";
}

// For what a configuration of OpenSSL may leave out. Empties the thread's queue of its errors.
inline Error not_offered(std::string_view what) {
    ERR_clear_error();
    return make_error(ErrorCode::unsupported, "crypto",
                      "OpenSSL offers no " + std::string(what) + " here");
}

inline const unsigned char* octets(ByteView bytes) noexcept {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* octets(ByteSpan bytes) noexcept {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace gantry::crypto
