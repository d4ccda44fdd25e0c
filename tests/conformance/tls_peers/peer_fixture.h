#pragma once

#include <support/conformance/net_suite.h>

#include <crypto_support/test_certificates.h>
#include <gantry/crypto/digest.h>
#include <gantry/crypto/secure_stream.h>
#include <host/system/system_connector.h>
#include <support/process.h>
#include <support/temporary_folder.h>

#include <csignal>

#include "real_harness.h"

namespace gantry::crypto {

using testing::Process;
using testing::conformance::WatchedStream;
using namespace std::chrono_literals;

// Certificates that are valid by any clock a test may see.
struct PeerCertificates {
    static CertificateRequest request(std::string name) {
        CertificateRequest request{.name = std::move(name), .hosts = {"localhost", "127.0.0.1"}};
        request.from = std::chrono::sys_days(std::chrono::year(2020) / 1 / 1);
        request.until = std::chrono::sys_days(std::chrono::year(2049) / 1 / 1);
        return request;
    }
    static TlsCertificate issued_by(const TlsCertificate& authority, std::string name) {
        auto wanted = request(std::move(name));
        wanted.issuer = &authority;
        return must(make_certificate(wanted));
    }
    static TlsCertificate make_authority() {
        auto wanted = request("authority");
        wanted.authority = true;
        return must(make_certificate(wanted));
    }
    TlsCertificate authority = make_authority();
    TlsCertificate server = issued_by(authority, "server");
    TlsCertificate alone = must(make_certificate(request("alone")));
    TlsCertificate alice = issued_by(authority, "alice");

    static const PeerCertificates& get() {
        static const PeerCertificates made;
        return made;
    }
};

// A real loop, and the openssl program.
class PeerFixture : public CppUnit::TestFixture {
  protected:
    static constexpr Duration kLimit = 60s;

    host::RealLoopHarness<> harness_;
    host::SystemConnector connector_;
    testing::TemporaryFolder folder_;
    const PeerCertificates& certificates_ = PeerCertificates::get();

    EventLoop& loop() { return harness_.loop(); }
    void run_until(const std::function<bool()>& done) {
        CPPUNIT_ASSERT_MESSAGE("in time", harness_.run_until(done, kLimit));
    }
    std::string file(const std::string& name, const TlsCertificate& certificate) const {
        return folder_.write(
            name, certificate.chain_pem + std::string(as_text(certificate.key_pem.view())));
    }
    Process openssl(std::vector<std::string> words) const {
        words.insert(words.begin(), "/usr/bin/openssl");
        return Process({.command = std::move(words), .environment = {}, .folder = {}, .user = {}});
    }
    static std::string hex(const TlsPsk& psk) { return to_hex(psk.key.view()); }
    static void expect(ErrorCode code, const std::string& words, const Error& error) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(describe(error), std::string(error_name(code)),
                                     std::string(error_name(error.code)));
        CPPUNIT_ASSERT_MESSAGE(describe(error), error.message.find(words) != std::string::npos);
    }
    static SecureStream& secured(WatchedStream& watched) {
        return static_cast<SecureStream&>(*watched.stream);
    }
};

}  // namespace gantry::crypto
