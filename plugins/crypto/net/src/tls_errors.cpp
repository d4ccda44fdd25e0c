#include "tls_errors.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>

namespace gantry::crypto {
namespace {

struct Reason {
    int code;
    const char* words;
};

constexpr const char* kNoTls = "the peer does not speak TLS";
constexpr const char* kTooOld = "the peer does not speak TLS 1.3, and nothing older will do";
constexpr const char* kNoAlpn = "the two sides have no application protocol in common (ALPN)";
constexpr const char* kWrongKey = "the peer's pre-shared key is not ours";
constexpr const char* kTampered = "a record was changed on the way, or is no TLS";
constexpr const char* kNoCertificate = "the peer shows no certificate, and one is required";
constexpr const char* kNotTrusted = "the peer does not trust our certificate";

constexpr auto kReasons = std::to_array<Reason>({
    {SSL_R_WRONG_VERSION_NUMBER, kNoTls},
    {SSL_R_HTTP_REQUEST, kNoTls},
    {SSL_R_HTTPS_PROXY_REQUEST, kNoTls},
    {SSL_R_UNSUPPORTED_PROTOCOL, kTooOld},
    {SSL_R_VERSION_TOO_LOW, kTooOld},
    {SSL_R_UNKNOWN_PROTOCOL, kTooOld},
    {SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, kTooOld},
    {SSL_R_NO_APPLICATION_PROTOCOL, kNoAlpn},
    {SSL_AD_REASON_OFFSET + SSL_AD_NO_APPLICATION_PROTOCOL, kNoAlpn},
    {SSL_R_BINDER_DOES_NOT_VERIFY, kWrongKey},
    {SSL_AD_REASON_OFFSET + SSL_AD_UNKNOWN_PSK_IDENTITY, kWrongKey},
    {SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC, kTampered},
    {SSL_R_BAD_RECORD_TYPE, kTampered},
    {SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE, kNoCertificate},
    {SSL_AD_REASON_OFFSET + TLS13_AD_CERTIFICATE_REQUIRED, "the peer wants a certificate of ours"},
    {SSL_R_TLSV1_ALERT_UNKNOWN_CA, kNotTrusted},
    {SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, kNotTrusted},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, kNotTrusted},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED, kNotTrusted},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED, "our certificate has expired, says the peer"},
    {SSL_R_NO_SHARED_CIPHER, "the two sides have no way in common to prove who they are"},
    {SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM,
     "the two sides have no way in common to prove who they are"},
});

bool is_refusal(int reason) {
    return reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE ||
           reason == SSL_R_SSLV3_ALERT_ILLEGAL_PARAMETER ||
           reason == SSL_R_TLSV1_ALERT_DECRYPT_ERROR;
}

std::string words_for(unsigned long error, bool offered_psk) {
    const int reason = ERR_GET_REASON(error);
    if (is_refusal(reason) && offered_psk)
        return "the peer refused the handshake: is the pre-shared key the same on both sides?";
    const auto* known = std::find_if(kReasons.begin(), kReasons.end(),
                                     [&](const Reason& r) { return r.code == reason; });
    if (known != kReasons.end()) return known->words;
    const char* text = ERR_reason_error_string(error);
    return std::string("TLS failed: ") + (text != nullptr ? text : "unknown reason");
}

}  // namespace

Error tls_error(std::string message) {
    return make_error(ErrorCode::security, "tls", std::move(message));
}

Error take_tls_error(bool offered_psk) {
    const auto error = ERR_peek_error();
    ERR_clear_error();
    return tls_error(words_for(error, offered_psk));
}

Error take_usage_error(const std::string& what) {
    const char* text = ERR_reason_error_string(ERR_peek_last_error());
    auto message = what + (text != nullptr ? std::string(": ") + text : std::string());
    ERR_clear_error();
    return make_error(ErrorCode::usage, "tls", std::move(message));
}

}  // namespace gantry::crypto
