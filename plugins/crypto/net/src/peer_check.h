#pragma once

#include <gantry/crypto/tls.h>

#include "tls_handles.h"

namespace gantry::crypto {

// Whether a certificate is trusted now by itself: valid, and among the pins where there are some.
// Under TrustCa its issuers and names are not looked at: check_chain() does that too.
Result<void> check_certificate(const X509& certificate, const TlsTrust& trust, WallTime now);
// As check_certificate, for a handshake: `store` has the chain that the peer showed.
Result<void> check_chain(X509_STORE_CTX* store, const TlsTrust& trust, WallTime now);

// The name for access rules.
std::string certificate_identity(const X509& certificate, const TlsTrust& trust);

}  // namespace gantry::crypto
