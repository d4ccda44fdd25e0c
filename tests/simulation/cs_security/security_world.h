#pragma once

#include "cs_world.h"

#include <crypto_support/test_certificates.h>
#include <cs/net/secure_dialer.h>
#include <cs/net/secure_gate.h>

#include <map>

namespace gantry::cs::testing {

// The real TLS, with files that are names here.
class NamedTls final : public TlsService {
  public:
    std::map<std::string, const TlsCertificate*> certificates;
    std::map<std::string, std::pair<std::string, char>> keys;  // identity, and what it is full of

    Result<std::unique_ptr<TlsClient>> client(const TlsClientSettings& settings) override {
        return tls_.client(settings);
    }
    Result<std::unique_ptr<TlsServer>> server(const TlsServerSettings& settings) override {
        return tls_.server(settings);
    }
    Result<TlsPsk> load_psk(const std::string& name) override {
        ++loaded;
        const auto found = keys.find(name);
        if (found == keys.end()) return missing(name);
        return crypto::test_psk(found->second.first, found->second.second);
    }
    Result<TlsCertificate> load_certificate(const std::string& name) override {
        const auto found = certificates.find(name);
        if (found == certificates.end()) return missing(name);
        return crypto::copy_of(*found->second);
    }
    Result<TrustCa> load_ca(const std::string& name) override {
        const auto found = certificates.find(name);
        if (found == certificates.end()) return missing(name);
        return TrustCa{found->second->chain_pem};
    }
    int loaded = 0;

  private:
    static Error missing(const std::string& name) {
        return make_error(ErrorCode::not_found, "test", "no such file", name);
    }
    crypto::OpensslTls tls_ = crypto::openssl_tls();
};

class MemoryTrust final : public TrustStore {
  public:
    std::string path() const override { return "known_hosts"; }
    Result<KnownHosts> load() override { return known; }
    Result<bool> remember(const HostPort& host, const Fingerprint& fingerprint,
                          OtherPins) override {
        return known.add(host, fingerprint);
    }
    Result<std::size_t> forget(const HostPort& host) override { return known.remove(host); }
    KnownHosts known;
};

class ScriptedPerson final : public PersonService {
  public:
    bool can_be_asked() override { return answer.has_value(); }
    Result<bool> ask(std::string_view question, const CancelToken&) override {
        asked = question;
        return *answer;
    }
    std::optional<bool> answer;  // none: nobody is there
    std::string asked;
};

// The time that certificates are judged by; they are made for crypto::kTestNow.
class JudgingClock final : public Clock {
  public:
    TimePoint now() const noexcept override { return TimePoint(); }
    WallTime wall() const noexcept override { return crypto::kTestNow; }
};

// A server that secures what it serves, and a client that says how it trusts.
struct SecurityWorld {
    explicit SecurityWorld(std::uint64_t seed = 1, LinkOptions link = {}) : cs(seed, link) {
        const auto& made = crypto::TestCertificates::get();
        tls.certificates = {{"server", &made.server},   {"other", &made.other},
                            {"expired", &made.expired}, {"early", &made.early},
                            {"ca", &made.authority},    {"issued", &made.issued},
                            {"alice", &made.alice}};
        tls.keys = {{"key", {"laptop", 'k'}},
                    {"same name", {"laptop", 'x'}},
                    {"stranger", {"stranger", 'k'}}};
        auto found = std::make_shared<SecurityServices>();
        found->tls = ServiceRef<TlsService>(&tls, {});
        found->trust = ServiceRef<TrustStore>(&trust, {});
        found->person = ServiceRef<PersonService>(&person, {});
        services = std::move(found);
        cs.server_files.write_file("a", content(100'000));
    }
    ~SecurityWorld() {
        cs.channel.reset();
        if (cs.server) cs.stop_server();
    }

    void serve(const ServerSecurity& said, ServerOptions options = {}) {
        auto server = load_server_security(tls, said);
        CPPUNIT_ASSERT_MESSAGE(server ? "" : describe(server.error()), server.ok());
        gate = std::make_unique<SecureGate>(
            cs.server_transport, std::move(*server), clock,
            [this](const Endpoint&, const Error& why) { away.push_back(why); }, said.plain);
        options.listen = {cs.network.address("server"), 0};
        auto started =
            Server::start({*gate,
                           cs.server_loop,
                           cs.server_pool,
                           share_server(cs.server_files.store_at(""), options, access, cs.seal),
                           [this](const AccessRecord& record) { cs.log.push_back(record); },
                           {}},
                          options);
        CPPUNIT_ASSERT(started.ok());
        cs.server = std::move(*started);
        cs.address = cs.server->local();
    }
    HostPort host() const { return {cs.address.address.to_string(), cs.address.port}; }

    // The channel, or why there is none.
    Result<void> connect(ClientSecurity said) {
        cs.channel.reset();
        dialer = std::make_unique<SecureDialer>(
            DialParts{cs.client_transport, services, clock, *cs.runner}, std::move(said));
        std::optional<Result<void>> outcome;
        auto pending = ClientChannel::connect(
            *dialer, cs.client_loop, host(), [&](Result<std::shared_ptr<ClientChannel>> made) {
                if (made) cs.channel = std::move(*made);
                outcome = made ? Result<void>() : Result<void>(made.error());
            });
        CPPUNIT_ASSERT(cs.run_until([&] { return outcome.has_value(); }));
        return std::move(*outcome);
    }
    // Connects, and fetches the file.
    Result<void> get(ClientSecurity said) {
        if (auto connected = connect(std::move(said)); !connected) return connected;
        auto result = cs.get("a");
        if (result.error) return *result.error;
        CPPUNIT_ASSERT(cs.client_files.read_file("a") == content(100'000));
        return {};
    }

    static Fingerprint print(const TlsCertificate& certificate) {
        return crypto::fingerprint_of(certificate);
    }

    NamedTls tls;
    MemoryTrust trust;
    ScriptedPerson person;
    JudgingClock clock;
    std::shared_ptr<const SecurityServices> services;
    CsWorld cs;
    std::vector<Error> away;
    std::shared_ptr<AccessControl> access;  // of the next server
    std::unique_ptr<SecureGate> gate;
    std::unique_ptr<SecureDialer> dialer;
};

}  // namespace gantry::cs::testing
