#include "tls_callbacks.h"

#include <algorithm>

#include "tls_engine.h"

namespace gantry::crypto {
namespace {

OpensslTlsEngine& engine_of(const SSL* ssl) {
    return *static_cast<OpensslTlsEngine*>(SSL_get_app_data(ssl));
}

int verify(X509_STORE_CTX* store, void*) {
    const auto* ssl = static_cast<const SSL*>(
        X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    return engine_of(ssl).verify(store) ? 1 : 0;
}

int keep_session(SSL* ssl, SSL_SESSION* session) {
    engine_of(ssl).keep_session(*session);
    return 0;  // the session stays OpenSSL's
}

// Asked once before the suite is known, and perhaps again with the digest of the one chosen.
int offer_psk(SSL* ssl, const EVP_MD* digest, const unsigned char** identity, std::size_t* size,
              SSL_SESSION** session) {
    *session = nullptr;
    const auto& psks = engine_of(ssl).context().psks;
    if (psks.empty() || (digest != nullptr && !EVP_MD_is_a(digest, "SHA256"))) return 1;
    auto made = make_psk_session(ssl, psks.front());
    if (!made) return 0;
    *identity = reinterpret_cast<const unsigned char*>(psks.front().identity.data());
    *size = psks.front().identity.size();
    *session = made.release();
    return 1;
}

int find_psk(SSL* ssl, const unsigned char* identity, std::size_t size, SSL_SESSION** session) {
    *session = nullptr;
    const std::string_view wanted(reinterpret_cast<const char*>(identity), size);
    const auto& psks = engine_of(ssl).context().psks;
    const auto found = std::find_if(psks.begin(), psks.end(),
                                    [&](const TlsPsk& psk) { return psk.identity == wanted; });
    if (found == psks.end()) return 1;
    auto made = make_psk_session(ssl, *found);
    *session = made.release();
    return *session != nullptr ? 1 : 0;
}

int select_alpn(SSL* ssl, const unsigned char** out, unsigned char* out_size,
                const unsigned char* offered, unsigned offered_size, void*) {
    const auto& wire = engine_of(ssl).context().alpn_wire;
    unsigned char* chosen = nullptr;
    const auto* ours = reinterpret_cast<const unsigned char*>(wire.data());
    if (wire.empty()) return SSL_TLSEXT_ERR_NOACK;
    if (SSL_select_next_proto(&chosen, out_size, ours, static_cast<unsigned>(wire.size()), offered,
                              offered_size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

// A client that names no application protocol where one is wanted.
int check_hello(SSL* ssl, int* alert, void*) {
    const unsigned char* data = nullptr;
    std::size_t size = 0;
    if (engine_of(ssl).context().alpn.empty() ||
        SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation, &data,
                                  &size) == 1)
        return SSL_CLIENT_HELLO_SUCCESS;
    engine_of(ssl).refuse("the client names no application protocol (ALPN)");
    *alert = SSL_AD_NO_APPLICATION_PROTOCOL;
    return SSL_CLIENT_HELLO_ERROR;
}

}  // namespace

void set_verification(SSL_CTX* context) {
    SSL_CTX_set_cert_verify_callback(context, &verify, nullptr);
}

void set_client_callbacks(SSL_CTX* context) {
    SSL_CTX_set_psk_use_session_callback(context, &offer_psk);
    SSL_CTX_set_session_cache_mode(context,
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context, &keep_session);
}

void set_server_callbacks(SSL_CTX* context) {
    SSL_CTX_set_psk_find_session_callback(context, &find_psk);
    SSL_CTX_set_alpn_select_cb(context, &select_alpn, nullptr);
    SSL_CTX_set_client_hello_cb(context, &check_hello, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

}  // namespace gantry::crypto
