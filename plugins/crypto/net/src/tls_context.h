#pragma once

#include <crypto/net/core_dump_shield.h>
#include <gantry/crypto/tls.h>

#include <memory>

#include "tls_handles.h"

namespace gantry::crypto {

enum class TlsRole : std::uint8_t { client, server };

// What all connections of one kind share; does not change. It outlives the engines by being shared.
struct TlsContext {
    TlsRole role = TlsRole::client;
    TlsTrust trust;
    std::vector<TlsPsk> psks;  // of a client: one at most
    std::vector<std::string> alpn;
    std::string alpn_wire;  // RFC 7301 section 3.1
    Handle<BIO_METHOD> bio_method;
    Handle<SSL_CTX> ssl;
    CoreDumpShield::Hold hold;
};
using SharedTlsContext = std::shared_ptr<const TlsContext>;

Result<SharedTlsContext> make_client_context(const TlsClientSettings& settings,
                                             CoreDumpShield::Hold hold);
Result<SharedTlsContext> make_server_context(const TlsServerSettings& settings,
                                             CoreDumpShield::Hold hold);

// A session that OpenSSL takes for an external key. Its identity comes back, as psk_identity(),
// only from the session of a connection that really uses the key.
Handle<SSL_SESSION> make_psk_session(SSL* ssl, const TlsPsk& psk);
std::string psk_identity(SSL* ssl);

}  // namespace gantry::crypto
