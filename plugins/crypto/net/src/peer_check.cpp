#include "peer_check.h"

#include <crypto/net/certificates.h>

#include <algorithm>

#include "tls_errors.h"
#include "x509_facts.h"

namespace gantry::crypto {
namespace {

Result<void> check_dates(const X509& certificate, WallTime now) {
    if (now > not_after(certificate))
        return tls_error("the peer's certificate expired on " +
                         format_time(not_after(certificate)));
    if (now < not_before(certificate))
        return tls_error("the peer's certificate is not valid before " +
                         format_time(not_before(certificate)) + "; is the clock right?");
    return {};
}

Result<void> check_pins(const X509& certificate, const TrustPins& trust) {
    const auto shown = fingerprint_of(certificate);
    if (std::find(trust.pins.begin(), trust.pins.end(), shown) != trust.pins.end()) return {};
    if (trust.pins.empty())
        return tls_error("the peer's certificate is not known: " + shown.to_string());
    return tls_error("the peer's certificate is not the one that is pinned: it shows " +
                     shown.to_string() + ", wanted is " + trust.pins.front().to_string());
}

Error chain_error(int code) {
    if (code == X509_V_ERR_HOSTNAME_MISMATCH || code == X509_V_ERR_IP_ADDRESS_MISMATCH)
        return tls_error("the peer's certificate is for another host");
    return tls_error(std::string("the peer's certificate is not trusted: ") +
                     X509_verify_cert_error_string(code));
}

}  // namespace

Result<void> check_certificate(const X509& certificate, const TlsTrust& trust, WallTime now) {
    if (std::holds_alternative<TrustAnyone>(trust)) return {};
    if (const auto* pins = std::get_if<TrustPins>(&trust))
        if (auto pinned = check_pins(certificate, *pins); !pinned) return pinned;
    return check_dates(certificate, now);
}

Result<void> check_chain(X509_STORE_CTX* store, const TlsTrust& trust, WallTime now) {
    const auto& leaf = *X509_STORE_CTX_get0_cert(store);
    auto checked = check_certificate(leaf, trust, now);
    if (!checked || !std::holds_alternative<TrustCa>(trust)) return checked;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(store), seconds);
    if (X509_verify_cert(store) == 1) return {};
    return chain_error(X509_STORE_CTX_get_error(store));
}

std::string certificate_identity(const X509& certificate, const TlsTrust& trust) {
    const auto name = name_of(certificate);
    if (std::holds_alternative<TrustCa>(trust) && !name.empty()) return "name:" + name;
    return fingerprint_of(certificate).to_string();
}

}  // namespace gantry::crypto
