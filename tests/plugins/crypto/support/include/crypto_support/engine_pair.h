#pragma once

#include <crypto_support/test_certificates.h>

#include <algorithm>
#include <functional>
#include <string>

namespace gantry::crypto {

inline std::string read_all(TlsEngine& engine) {
    std::string text;
    std::byte buffer[4096];
    for (;;) {
        const auto got = engine.read(buffer);
        if (!got || *got == 0) return text;
        text += as_text(ByteView(buffer).first(*got));
    }
}

// Looks at what passes, and may change it.
using Wiretap = std::function<void(std::vector<std::byte>& bytes)>;

// Hands what one engine has for its peer to the other, `step` bytes at a time.
inline bool carry(TlsEngine& from, TlsEngine& to, std::size_t step, const Wiretap& tap = {}) {
    bool any = false;
    while (!from.outgoing().empty()) {
        std::vector<std::byte> bytes(std::min(step, from.outgoing().size()));
        from.drain(bytes);
        if (tap) tap(bytes);
        any = to.feed(bytes) > 0 || any;
    }
    return any;
}

// Two ends that talk to each other in memory.
struct EnginePair {
    static TlsClientSettings pinned(const TlsCertificate& certificate) {
        return {.trust = TrustPins{{fingerprint_of(certificate)}}};
    }
    static TlsServerSettings serving(const TlsCertificate& certificate) {
        return {.certificate = copy_of(certificate)};
    }

    EnginePair() : EnginePair(pinned(certificates().server), serving(certificates().server)) {}
    EnginePair(const TlsClientSettings& c, const TlsServerSettings& s,
               const std::string& host = "files.test")
        : EnginePair(must(openssl_tls().client(c)), must(openssl_tls().server(s)), host) {}
    EnginePair(std::unique_ptr<TlsClient> c, std::unique_ptr<TlsServer> s, const std::string& host,
               const Secret* session = nullptr)
        : client_maker(std::move(c)),
          server_maker(std::move(s)),
          client(must(client_maker->connect(host, kTestNow, session))),
          server(must(server_maker->accept(kTestNow))) {}

    static const TestCertificates& certificates() { return TestCertificates::get(); }

    // Until nothing moves any more.
    EnginePair& pump(std::size_t step = 65536) {
        for (bool moved = true; moved;) {
            moved = carry(*client, *server, step);
            moved = carry(*server, *client, step) || moved;
        }
        return *this;
    }
    bool open() const {
        return client->state() == TlsState::open && server->state() == TlsState::open;
    }
    // New engines of the same settings.
    void again(const std::string& host, const Secret* session) {
        client = must(client_maker->connect(host, kTestNow, session));
        server = must(server_maker->accept(kTestNow));
        pump();
    }

    std::unique_ptr<TlsClient> client_maker;
    std::unique_ptr<TlsServer> server_maker;
    std::unique_ptr<TlsEngine> client;
    std::unique_ptr<TlsEngine> server;
};

}  // namespace gantry::crypto
