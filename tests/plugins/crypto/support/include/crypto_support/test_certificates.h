#pragma once

#include <crypto/net/certificates.h>
#include <crypto/net/openssl_tls.h>

#include <stdexcept>

namespace gantry::crypto {

inline constexpr WallTime kTestNow = std::chrono::sys_days(std::chrono::year(2030) / 1 / 1);
inline constexpr auto kDay = std::chrono::hours(24);

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return std::move(result).value();
}

inline OpensslTls openssl_tls() {
    static CoreDumpShield shield;
    return OpensslTls(shield);
}

inline TlsCertificate copy_of(const TlsCertificate& from) {
    return {from.chain_pem, Secret(from.key_pem.view())};
}

inline TlsCertificate make_test_certificate(CertificateRequest request = {}) {
    if (request.name.empty()) request.name = "server";
    if (request.hosts.empty()) request.hosts = {"files.test", "10.0.0.1"};
    if (request.from == WallTime{}) request.from = kTestNow - kDay;
    if (request.until == WallTime{}) request.until = kTestNow + 30 * kDay;
    return must(make_certificate(request));
}

inline Fingerprint fingerprint_of(const TlsCertificate& certificate) {
    return must(read_certificates(certificate.chain_pem)).front().fingerprint;
}

// Made once for a test program.
struct TestCertificates {
    TlsCertificate server = make_test_certificate();
    TlsCertificate other = make_test_certificate({.name = "other", .kind = KeyAlgorithm::p256});
    TlsCertificate expired = make_test_certificate({.until = kTestNow - std::chrono::seconds(1)});
    TlsCertificate early = make_test_certificate({.from = kTestNow + kDay});
    TlsCertificate authority = make_test_certificate({.name = "authority", .authority = true});
    TlsCertificate issued = make_test_certificate({.issuer = &authority});
    TlsCertificate alice =
        make_test_certificate({.name = "alice", .hosts = {"alice"}, .issuer = &authority});

    static const TestCertificates& get() {
        static const TestCertificates made;
        return made;
    }
};

inline TlsPsk test_psk(std::string identity = "laptop", char fill = 'k') {
    return {std::move(identity), Secret(as_bytes(std::string(32, fill)))};
}

}  // namespace gantry::crypto
