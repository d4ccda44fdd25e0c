#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/result.h>
#include <gantry/crypto/fingerprint.h>
#include <gantry/crypto/secret.h>

#include <string>
#include <string_view>
#include <vector>

#include "tls_handles.h"

namespace gantry::crypto {

Fingerprint fingerprint_of(const X509& certificate);
// Its first DNS name, else its common name, else empty.
std::string name_of(const X509& certificate);
// DNS names and addresses of the subjectAltName.
std::vector<std::string> names_of(const X509& certificate);
WallTime not_before(const X509& certificate);
WallTime not_after(const X509& certificate);
// Certificates of a PEM text, in order. ErrorCode::usage when there is none, or one is broken.
Result<CertificateChain> read_chain(std::string_view pem);
std::string to_pem(const X509& certificate);

// Null, with OpenSSL's reason: none there, broken, or with a password, as nobody is asked for it.
Handle<EVP_PKEY> read_private_key(std::string_view pem);
Secret private_key_pem(EVP_PKEY* key);  // PKCS #8, without a password

// A BIO that reads the caller's bytes.
Handle<BIO> reading(std::string_view text);
std::string text_of(BIO& memory);

}  // namespace gantry::crypto
