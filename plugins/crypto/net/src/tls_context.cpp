#include "tls_context.h"

#include <openssl/err.h>

#include <algorithm>

#include "tls_buffers.h"
#include "tls_callbacks.h"
#include "tls_errors.h"
#include "x509_facts.h"

namespace gantry::crypto {
namespace {

constexpr char kSuites[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr char kPskSuites[] = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256";
constexpr char kGroups[] = "X25519:P-256:P-384";
constexpr unsigned char kPskSuite[] = {0x13, 0x01};  // TLS_AES_128_GCM_SHA256: its hash counts
constexpr long kTicketSeconds = 2 * 60 * 60;
constexpr unsigned char kSessionContext[] = "gantry";

Error usage(std::string message) { return make_error(ErrorCode::usage, "tls", std::move(message)); }

Result<void> use_certificate(SSL_CTX* context, const TlsCertificate& certificate) {
    if (std::max(certificate.chain_pem.size(), certificate.key_pem.size()) > tls_limits::kPemBytes)
        return make_error(ErrorCode::limit, "tls", "a certificate file has at most 1 MiB");
    auto chain = read_chain(certificate.chain_pem);
    if (!chain) return std::move(chain).error();
    const auto key = read_private_key(as_text(certificate.key_pem.view()));
    if (!key) return take_usage_error("the private key cannot be read (PEM, without a password)");
    auto* leaf = sk_X509_value(chain->get(), 0);
    if (X509_check_private_key(leaf, key.get()) != 1)
        return take_usage_error("the private key is not the certificate's");
    if (SSL_CTX_use_certificate(context, leaf) != 1 ||
        SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return take_usage_error("the certificate cannot be used");
    for (int i = 1; i < sk_X509_num(chain->get()); ++i)
        SSL_CTX_add1_chain_cert(context, sk_X509_value(chain->get(), i));
    return {};
}

Result<void> use_trust(SSL_CTX* context, const TlsTrust& trust) {
    const auto* ca = std::get_if<TrustCa>(&trust);
    if (ca == nullptr) return {};
    if (ca->pem.size() > tls_limits::kPemBytes)
        return make_error(ErrorCode::limit, "tls", "a CA file has at most 1 MiB");
    auto chain = read_chain(ca->pem);
    if (!chain) return std::move(chain).error();
    auto* store = SSL_CTX_get_cert_store(context);
    for (int i = 0; i < sk_X509_num(chain->get()); ++i)
        X509_STORE_add_cert(store, sk_X509_value(chain->get(), i));
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    return {};
}

Result<std::string> alpn_wire(const std::vector<std::string>& names) {
    if (names.size() > tls_limits::kAlpnNames) return usage("at most 16 application protocols");
    std::string wire;
    for (const auto& name : names) {
        if (name.empty() || name.size() > tls_limits::kAlpnBytes)
            return usage("the name of an application protocol has 1 to 255 bytes");
        (wire += static_cast<char>(name.size())) += name;
    }
    return wire;
}

Result<void> add_psk(TlsContext& context, const TlsPsk& psk) {
    if (psk.identity.empty() || psk.identity.size() > tls_limits::kIdentityBytes)
        return usage("the identity of a pre-shared key has 1 to 128 bytes");
    if (psk.key.size() < tls_limits::kMinKeyBytes || psk.key.size() > tls_limits::kMaxKeyBytes)
        return usage("a pre-shared key has 16 to 256 bytes");
    context.psks.push_back({psk.identity, Secret(psk.key.view())});
    return {};
}

Result<std::shared_ptr<TlsContext>> make_context(TlsRole role, const TlsTrust& trust,
                                                 const std::vector<std::string>& alpn,
                                                 const std::optional<TlsCertificate>& certificate,
                                                 CoreDumpShield::Hold hold) {
    ERR_clear_error();
    auto context = std::make_shared<TlsContext>();
    context->role = role;
    context->trust = trust;
    context->alpn = alpn;
    context->hold = std::move(hold);
    auto wire = alpn_wire(alpn);
    if (!wire) return std::move(wire).error();
    context->alpn_wire = std::move(*wire);
    context->bio_method = TlsBuffers::make_method();
    context->ssl.reset(SSL_CTX_new(TLS_method()));
    auto* ssl = context->ssl.get();
    if (ssl == nullptr || !context->bio_method ||
        SSL_CTX_set_min_proto_version(ssl, TLS1_3_VERSION) != 1 ||
        SSL_CTX_set_ciphersuites(ssl, kSuites) != 1 || SSL_CTX_set1_groups_list(ssl, kGroups) != 1)
        return take_usage_error("OpenSSL does not offer TLS 1.3 here");
    SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                 SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_max_cert_list(ssl, tls_limits::kPeerChain);
    SSL_CTX_set_timeout(ssl, kTicketSeconds);
    set_verification(ssl);
    if (auto trusted = use_trust(ssl, trust); !trusted) return std::move(trusted).error();
    if (!certificate) return context;
    if (auto used = use_certificate(ssl, *certificate); !used) return std::move(used).error();
    return context;
}

}  // namespace

Result<SharedTlsContext> make_client_context(const TlsClientSettings& settings,
                                             CoreDumpShield::Hold hold) {
    auto made = make_context(TlsRole::client, settings.trust, settings.alpn, settings.certificate,
                             std::move(hold));
    if (!made) return std::move(made).error();
    auto& context = **made;
    auto* ssl = context.ssl.get();
    if (settings.psk) {
        if (auto added = add_psk(context, *settings.psk); !added) return std::move(added).error();
        SSL_CTX_set_ciphersuites(ssl, kPskSuites);
    }
    SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
    const auto wire = as_bytes(context.alpn_wire);
    if (!wire.empty())
        SSL_CTX_set_alpn_protos(ssl, octets(wire), static_cast<unsigned>(wire.size()));
    set_client_callbacks(ssl);
    return SharedTlsContext(std::move(*made));
}

Result<SharedTlsContext> make_server_context(const TlsServerSettings& settings,
                                             CoreDumpShield::Hold hold) {
    if (!settings.certificate && settings.psks.empty())
        return usage("a TLS server needs a certificate or a pre-shared key");
    auto made = make_context(TlsRole::server, settings.client_trust, settings.alpn,
                             settings.certificate, std::move(hold));
    if (!made) return std::move(made).error();
    auto& context = **made;
    auto* ssl = context.ssl.get();
    for (const auto& psk : settings.psks)
        if (auto added = add_psk(context, psk); !added) return std::move(added).error();
    constexpr int kModes[] = {SSL_VERIFY_NONE, SSL_VERIFY_PEER,
                              SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT};
    SSL_CTX_set_verify(ssl, kModes[static_cast<int>(settings.clients)], nullptr);
    SSL_CTX_set_session_id_context(ssl, kSessionContext, sizeof kSessionContext);
    SSL_CTX_set_num_tickets(ssl, 0);  // the engine sends one with its first bytes
    set_server_callbacks(ssl);
    return SharedTlsContext(std::move(*made));
}

Handle<SSL_SESSION> make_psk_session(SSL* ssl, const TlsPsk& psk) {
    Handle<SSL_SESSION> session(SSL_SESSION_new());
    const auto key = psk.key.view();
    const auto* suite = SSL_CIPHER_find(ssl, kPskSuite);
    if (!session || suite == nullptr ||
        SSL_SESSION_set1_master_key(session.get(), octets(key), key.size()) != 1 ||
        SSL_SESSION_set_cipher(session.get(), suite) != 1 ||
        SSL_SESSION_set_protocol_version(session.get(), TLS1_3_VERSION) != 1 ||
        SSL_SESSION_set1_ticket_appdata(session.get(), psk.identity.data(), psk.identity.size()) !=
            1)
        return nullptr;
    return session;
}

std::string psk_identity(SSL* ssl) {
    void* data = nullptr;
    std::size_t size = 0;
    auto* session = SSL_get_session(ssl);
    if (session == nullptr || SSL_SESSION_get0_ticket_appdata(session, &data, &size) != 1)
        return {};
    return {static_cast<const char*>(data), size};
}

}  // namespace gantry::crypto
