#include "tls_engine.h"

#include <gantry/net/endpoint.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <limits>

#include "peer_check.h"
#include "tls_errors.h"
#include "x509_facts.h"

namespace gantry::crypto {
namespace {

constexpr std::size_t kPlaintext = 16 * 1024;  // of one record

}  // namespace

Result<std::unique_ptr<TlsEngine>> OpensslTlsEngine::make(SharedTlsContext context,
                                                          std::string_view host, WallTime now,
                                                          const Secret* session) {
    auto engine = std::make_unique<OpensslTlsEngine>(std::move(context), host, now);
    if (auto started = engine->start(session); !started) return std::move(started).error();
    return engine;
}

OpensslTlsEngine::OpensslTlsEngine(SharedTlsContext context, std::string_view host, WallTime now)
    : context_(std::move(context)), host_(host), now_(now) {}

Result<void> OpensslTlsEngine::start(const Secret* session) {
    ERR_clear_error();
    ssl_.reset(SSL_new(context_->ssl.get()));
    auto bio = buffers_.make_bio(context_->bio_method.get());
    if (!ssl_ || !bio)
        return make_error(ErrorCode::limit, "tls", "there is no memory for a TLS connection");
    SSL_set_app_data(ssl_.get(), this);
    BIO_up_ref(bio.get());
    SSL_set0_rbio(ssl_.get(), bio.get());
    SSL_set0_wbio(ssl_.get(), bio.release());
    if (context_->role == TlsRole::server) {
        SSL_set_accept_state(ssl_.get());
        return {};
    }
    SSL_set_connect_state(ssl_.get());
    name_host();
    if (session != nullptr) offer(*session);
    advance();  // the first message
    return {};
}

void OpensslTlsEngine::name_host() {
    const bool is_address = IpAddress::parse(host_).ok();
    if (!is_address && !host_.empty()) SSL_set_tlsext_host_name(ssl_.get(), host_.c_str());
    if (!std::holds_alternative<TrustCa>(context_->trust)) return;
    auto* param = SSL_get0_param(ssl_.get());
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (is_address)
        X509_VERIFY_PARAM_set1_ip_asc(param, host_.c_str());
    else
        X509_VERIFY_PARAM_set1_host(param, host_.data(), host_.size());
}

// What a session may be used with again: the same host, trust and application protocols.
std::array<std::byte, 32> OpensslTlsEngine::binding() const {
    std::string text = host_ + '\0' + context_->alpn_wire + '\0';
    if (const auto* ca = std::get_if<TrustCa>(&context_->trust)) text += "ca" + ca->pem;
    if (const auto* pins = std::get_if<TrustPins>(&context_->trust))
        for (const auto& pin : pins->pins) text += pin.to_string();
    for (const auto& psk : context_->psks) text += '\0' + psk.identity;
    std::array<std::byte, 32> digest{};
    EVP_Digest(text.data(), text.size(), octets(ByteSpan(digest)), nullptr, EVP_sha256(), nullptr);
    return digest;
}

void OpensslTlsEngine::offer(const Secret& session) {
    const auto bound = binding();
    const auto bytes = session.view();
    if (bytes.size() <= bound.size() || bytes.size() > tls_limits::kSessionBytes ||
        !std::equal(bound.begin(), bound.end(), bytes.begin()))
        return;
    const auto* at = octets(bytes.subspan(bound.size()));
    const Handle<SSL_SESSION> read(
        d2i_SSL_SESSION(nullptr, &at, static_cast<long>(bytes.size() - bound.size())));
    if (read) SSL_set_session(ssl_.get(), read.get());
    ERR_clear_error();
}

void OpensslTlsEngine::keep_session(SSL_SESSION& session) {
    const auto bound = binding();
    const int size = i2d_SSL_SESSION(&session, nullptr);
    if (size <= 0 || static_cast<std::size_t>(size) > tls_limits::kSessionBytes - bound.size())
        return;
    Secret kept(bound.size() + static_cast<std::size_t>(size));
    std::copy(bound.begin(), bound.end(), kept.bytes().begin());
    auto* at = octets(kept.bytes().subspan(bound.size()));
    i2d_SSL_SESSION(&session, &at);
    session_ = std::move(kept);
}

Secret OpensslTlsEngine::take_session() { return std::move(session_); }

ByteSpan OpensslTlsEngine::room() {
    if (state_ == TlsState::failed || ended_ || input_ended_) return {};
    return buffers_.room();
}

void OpensslTlsEngine::received(std::size_t bytes) {
    buffers_.received(bytes);
    advance();
}

void OpensslTlsEngine::received_end() {
    input_ended_ = true;
    advance();
}

void OpensslTlsEngine::sent(std::size_t bytes) {
    buffers_.sent(bytes);
    advance();
}

void OpensslTlsEngine::advance() {
    if (state_ != TlsState::handshaking) return;
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1)
        opened();
    else
        settle(result);
}

void OpensslTlsEngine::opened() {
    if (auto checked = check_peer(); !checked) return fail(std::move(checked).error());
    state_ = TlsState::open;
    if (finishing_) SSL_shutdown(ssl_.get());
}

// A handshake that used a key or a ticket showed no certificate, so it is judged here again.
Result<void> OpensslTlsEngine::check_peer() {
    if (!context_->alpn.empty() && alpn().empty())
        return tls_error("the two sides have no application protocol in common (ALPN)");
    const auto* certificate = SSL_get0_peer_certificate(ssl_.get());
    if (certificate != nullptr) {
        auto checked = check_certificate(*certificate, context_->trust, now_);
        if (!checked) return checked;
        peer_.fingerprint = fingerprint_of(*certificate);
        peer_.identity = certificate_identity(*certificate, context_->trust);
        peer_.authenticated = context_->role == TlsRole::server ||
                              !std::holds_alternative<TrustAnyone>(context_->trust);
        return {};
    }
    if (auto identity = psk_identity(ssl_.get()); !identity.empty()) {
        peer_.identity = "psk:" + identity;
        peer_.authenticated = true;
    }
    return {};
}

bool OpensslTlsEngine::verify(X509_STORE_CTX* store) {
    shown_.reset(X509_chain_up_ref(X509_STORE_CTX_get0_untrusted(store)));
    peer_.fingerprint = fingerprint_of(*X509_STORE_CTX_get0_cert(store));
    auto checked = check_chain(store, context_->trust, now_);
    X509_STORE_CTX_set_error(store, checked ? X509_V_OK : X509_V_ERR_CERT_REJECTED);
    if (checked) return true;
    refusal_ = std::move(checked).error();
    return false;
}

void OpensslTlsEngine::refuse(std::string why) { refusal_ = tls_error(std::move(why)); }

void OpensslTlsEngine::fail(Error error) {
    state_ = TlsState::failed;
    failure_ = std::move(error);
    buffers_.drop_input();
}

// After a call that did not succeed: whether it is only a matter of waiting.
bool OpensslTlsEngine::settle(int result) {
    const int code = SSL_get_error(ssl_.get(), result);
    if (code == SSL_ERROR_WANT_WRITE) return true;
    if (code == SSL_ERROR_WANT_READ) {
        if (!input_ended_) return true;
        const bool early = state_ == TlsState::handshaking;
        fail(make_error(ErrorCode::network, "tls",
                        early ? "the peer went away during the TLS handshake"
                              : "the connection was cut short: it ended without TLS's own end"));
        return false;
    }
    if (code == SSL_ERROR_ZERO_RETURN && state_ == TlsState::open) {
        ended_ = true;
        buffers_.drop_input();
        return false;
    }
    if (refusal_) {
        ERR_clear_error();
        fail(std::move(*refusal_));
    } else {
        fail(take_tls_error(!context_->psks.empty()));
    }
    return false;
}

bool OpensslTlsEngine::readable() {
    if (state_ == TlsState::failed || ended_) return true;
    if (state_ == TlsState::handshaking) return false;
    if (SSL_pending(ssl_.get()) > 0) return true;
    if (!buffers_.has_input() && !input_ended_) return false;
    ERR_clear_error();
    char byte = 0;
    std::size_t count = 0;
    const int result = SSL_peek_ex(ssl_.get(), &byte, 1, &count);
    return result == 1 || !settle(result);
}

Result<std::size_t> OpensslTlsEngine::read(ByteSpan into) {
    if (failure_) return *failure_;
    std::size_t got = 0;
    while (state_ == TlsState::open && !ended_ && got < into.size()) {
        ERR_clear_error();
        std::size_t count = 0;
        const int result = SSL_read_ex(ssl_.get(), into.data() + got, into.size() - got, &count);
        got += count;
        if (result != 1) {
            settle(result);
            break;
        }
    }
    if (got == 0 && failure_) return *failure_;
    return got;
}

void OpensslTlsEngine::before_record() {
    if (context_->role == TlsRole::server && records_ == 0) SSL_new_session_ticket(ssl_.get());
    if (++records_ % kRecordsPerKey == 0) SSL_key_update(ssl_.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
}

Result<std::size_t> OpensslTlsEngine::write(ByteView plaintext) {
    if (failure_) return *failure_;
    if (finishing_) return make_error(ErrorCode::closed, "tls", "writing was finished before");
    std::size_t taken = 0;
    while (state_ == TlsState::open && taken < plaintext.size() && buffers_.fits_a_record()) {
        ERR_clear_error();
        before_record();
        const auto part = plaintext.subspan(taken, std::min(plaintext.size() - taken, kPlaintext));
        std::size_t count = 0;
        const int result = SSL_write_ex(ssl_.get(), part.data(), part.size(), &count);
        taken += count;
        if (result != 1 && !settle(result)) return *failure_;
    }
    return taken;
}

void OpensslTlsEngine::finish_writing() {
    if (std::exchange(finishing_, true) || state_ != TlsState::open) return;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
}

std::string OpensslTlsEngine::alpn() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

bool OpensslTlsEngine::resumed() const noexcept {
    return state_ == TlsState::open && SSL_session_reused(ssl_.get()) == 1;
}

Result<Secret> OpensslTlsEngine::export_key(std::string_view label, ByteView context,
                                            std::size_t length) const {
    if (state_ != TlsState::open)
        return make_error(ErrorCode::usage, "tls", "keys come from a connection that is open");
    if (length == 0 || length > tls_limits::kExportBytes)
        return make_error(ErrorCode::usage, "tls", "an exported key has 1 to 8160 bytes");
    Secret key(length);
    ERR_clear_error();
    if (SSL_export_keying_material(ssl_.get(), octets(key.bytes()), length, label.data(),
                                   label.size(), octets(context), context.size(), 1) != 1)
        return take_usage_error("no key can be exported");
    return key;
}

std::string OpensslTlsEngine::peer_chain() const {
    std::string pem;
    for (int i = 0; i < sk_X509_num(shown_.get()); ++i)
        pem += to_pem(*sk_X509_value(shown_.get(), i));
    return pem;
}

}  // namespace gantry::crypto
