#pragma once

#include <gantry/core/clock.h>
#include <gantry/crypto/tls.h>

#include <string>
#include <string_view>
#include <vector>

namespace gantry::crypto {

enum class KeyAlgorithm : std::uint8_t { ed25519, p256 };

struct CertificateRequest {
    std::string name;                // the common name
    std::vector<std::string> hosts;  // DNS names and addresses it is for
    KeyAlgorithm kind = KeyAlgorithm::ed25519;
    WallTime from{};
    WallTime until{};
    bool authority = false;                  // it may vouch for others
    const TlsCertificate* issuer = nullptr;  // null: it vouches for itself
};

// A new key and a certificate of it (RFC 5280), X.509 version 3. ErrorCode::usage: a name that is
// too long or holds control characters, an issuer that cannot be used.
Result<TlsCertificate> make_certificate(const CertificateRequest& request);

// What a certificate says, for people and for --json.
struct CertificateFacts {
    Fingerprint fingerprint;
    std::string subject;  // "CN=server"
    std::string issuer;
    std::vector<std::string> hosts;
    WallTime from{};
    WallTime until{};
    std::string key;  // "ED25519", "EC prime256v1", "RSA 2048"
    bool self_made = false;
};

// All certificates of a PEM text, in order; what else is in it is skipped. ErrorCode::usage.
Result<std::vector<CertificateFacts>> read_certificates(std::string_view pem);
// "2030-01-01 12:00:00 UTC".
std::string format_time(WallTime time);

}  // namespace gantry::crypto
