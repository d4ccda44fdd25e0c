#include <cppunit/extensions/HelperMacros.h>
#include <crypto_support/engine_pair.h>

namespace gantry::crypto {
namespace {

// Who trusts whom, and what the two agree on.
class OpensslTlsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OpensslTlsTest);
    CPPUNIT_TEST(a_pinned_certificate_opens_whatever_its_name);
    CPPUNIT_TEST(an_unknown_or_changed_certificate_is_refused_and_can_be_seen);
    CPPUNIT_TEST(an_expired_and_an_early_certificate_are_refused);
    CPPUNIT_TEST(an_authority_vouches_for_the_host);
    CPPUNIT_TEST(an_authority_does_not_vouch_for_others);
    CPPUNIT_TEST(whoever_trusts_anyone_sees_an_unproven_peer);
    CPPUNIT_TEST(a_shared_key_opens_and_names_the_client);
    CPPUNIT_TEST(another_or_an_unknown_key_is_refused);
    CPPUNIT_TEST(a_server_without_the_key_must_pass_by_its_certificate);
    CPPUNIT_TEST(clients_are_known_by_their_certificates);
    CPPUNIT_TEST(a_required_client_certificate_that_is_missing_or_unknown_is_refused);
    CPPUNIT_TEST(an_application_protocol_is_agreed_on);
    CPPUNIT_TEST(no_application_protocol_in_common_is_refused);
    CPPUNIT_TEST(a_session_shortens_the_next_handshake);
    CPPUNIT_TEST(a_session_of_another_host_or_with_damage_is_not_used);
    CPPUNIT_TEST(a_resumed_client_keeps_its_identity);
    CPPUNIT_TEST(a_ticket_does_not_come_before_the_first_bytes);
    CPPUNIT_TEST(bytes_that_are_no_tls_are_called_so);
    CPPUNIT_TEST(settings_that_cannot_work_are_refused);
    CPPUNIT_TEST_SUITE_END();

    const TestCertificates& certificates_ = TestCertificates::get();

    static std::string fault(const TlsEngine& engine) {
        CPPUNIT_ASSERT(engine.state() == TlsState::failed);
        CPPUNIT_ASSERT(engine.failure()->code == ErrorCode::security);
        return engine.failure()->message;
    }
    static void expect(const std::string& part, const std::string& message) {
        CPPUNIT_ASSERT_MESSAGE(message, message.find(part) != std::string::npos);
    }
    std::string client_fault(const TlsClientSettings& client, const TlsServerSettings& server,
                             const std::string& host = "files.test") {
        EnginePair pair(client, server, host);
        pair.pump();
        return fault(*pair.client);
    }
    TlsClientSettings by_authority() const {
        return {.trust = TrustCa{certificates_.authority.chain_pem}};
    }
    // The server only finds out about a client after that has opened.
    static EnginePair pumped(const TlsClientSettings& client, const TlsServerSettings& server) {
        EnginePair pair(client, server);
        pair.pump();
        return pair;
    }
    // Lets the server send a ticket with its first byte.
    static Secret session_of(EnginePair& pair) {
        CPPUNIT_ASSERT(pair.pump().open());
        CPPUNIT_ASSERT(pair.server->write(as_bytes("x")).ok());
        pair.pump();
        CPPUNIT_ASSERT_EQUAL(std::string("x"), read_all(*pair.client));
        auto session = pair.client->take_session();
        CPPUNIT_ASSERT(!session.empty());
        CPPUNIT_ASSERT(pair.client->take_session().empty());
        return session;
    }

  public:
    void a_pinned_certificate_opens_whatever_its_name() {
        EnginePair pair(EnginePair::pinned(certificates_.other),
                        EnginePair::serving(certificates_.other), "elsewhere.test");
        CPPUNIT_ASSERT(pair.pump().open());
        const auto peer = pair.client->peer();
        CPPUNIT_ASSERT(peer.authenticated);
        CPPUNIT_ASSERT_EQUAL(fingerprint_of(certificates_.other).to_string(), peer.identity);
        CPPUNIT_ASSERT(!pair.server->peer().authenticated && pair.server->peer().identity.empty());
    }
    void an_unknown_or_changed_certificate_is_refused_and_can_be_seen() {
        EnginePair pair(EnginePair::pinned(certificates_.other),
                        EnginePair::serving(certificates_.server));
        pair.pump();
        const auto message = fault(*pair.client);
        expect(fingerprint_of(certificates_.server).to_string(), message);
        expect(fingerprint_of(certificates_.other).to_string(), message);
        CPPUNIT_ASSERT_EQUAL(certificates_.server.chain_pem, pair.client->peer_chain());
        expect("does not trust our certificate", fault(*pair.server));
        expect("not known", client_fault({}, EnginePair::serving(certificates_.server)));
    }
    void an_expired_and_an_early_certificate_are_refused() {
        for (const auto* one : {&certificates_.expired, &certificates_.early})
            expect(one == &certificates_.expired ? "expired on 2029-12-31 23:59:59 UTC"
                                                 : "not valid before 2030-01-02",
                   client_fault(EnginePair::pinned(*one), EnginePair::serving(*one)));
    }
    void an_authority_vouches_for_the_host() {
        for (const auto* host : {"files.test", "FILES.test", "10.0.0.1"}) {
            EnginePair pair(by_authority(), EnginePair::serving(certificates_.issued), host);
            CPPUNIT_ASSERT(pair.pump().open());
            CPPUNIT_ASSERT_EQUAL(std::string("name:files.test"), pair.client->peer().identity);
        }
    }
    void an_authority_does_not_vouch_for_others() {
        expect(
            "another host",
            client_fault(by_authority(), EnginePair::serving(certificates_.issued), "evil.test"));
        expect("another host",
               client_fault(by_authority(), EnginePair::serving(certificates_.issued), "10.0.0.2"));
        expect("not trusted",
               client_fault(by_authority(), EnginePair::serving(certificates_.server)));
    }
    void whoever_trusts_anyone_sees_an_unproven_peer() {
        EnginePair pair({.trust = TrustAnyone{}}, EnginePair::serving(certificates_.expired));
        CPPUNIT_ASSERT(pair.pump().open());
        CPPUNIT_ASSERT(!pair.client->peer().authenticated);
        CPPUNIT_ASSERT(pair.client->peer().fingerprint == fingerprint_of(certificates_.expired));
    }
    void a_shared_key_opens_and_names_the_client() {
        TlsServerSettings server;
        server.psks.push_back(test_psk("desktop", 'd'));
        server.psks.push_back(test_psk("laptop"));
        auto pair = pumped({.psk = test_psk("laptop")}, server);
        CPPUNIT_ASSERT(pair.open());
        for (const auto* end : {pair.client.get(), pair.server.get()}) {
            CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), end->peer().identity);
            CPPUNIT_ASSERT(end->peer().authenticated && !end->peer().fingerprint);
        }
    }
    void another_or_an_unknown_key_is_refused() {
        TlsServerSettings server;
        server.psks.push_back(test_psk("laptop", 'k'));
        auto other = pumped({.psk = test_psk("laptop", 'x')}, server);
        expect("same on both sides", fault(*other.client));
        expect("is not ours", fault(*other.server));
        auto unknown = pumped({.psk = test_psk("phone", 'k')}, server);
        expect("same on both sides", fault(*unknown.client));
        expect("no way in common", fault(*unknown.server));
    }
    void a_server_without_the_key_must_pass_by_its_certificate() {
        auto client = EnginePair::pinned(certificates_.server);
        client.psk = test_psk();
        auto pair = pumped(client, EnginePair::serving(certificates_.server));
        CPPUNIT_ASSERT(pair.open());
        CPPUNIT_ASSERT(pair.server->peer().identity.empty());
        client.trust = TrustPins{};
        expect("not known", client_fault(client, EnginePair::serving(certificates_.server)));
    }
    void clients_are_known_by_their_certificates() {
        auto client = EnginePair::pinned(certificates_.server);
        client.certificate = copy_of(certificates_.alice);
        auto server = EnginePair::serving(certificates_.server);
        server.clients = ClientCertificates::required;
        auto anyone = pumped(client, server);
        CPPUNIT_ASSERT(anyone.open());
        CPPUNIT_ASSERT_EQUAL(fingerprint_of(certificates_.alice).to_string(),
                             anyone.server->peer().identity);
        CPPUNIT_ASSERT(anyone.server->peer().authenticated);
        server.client_trust = TrustCa{certificates_.authority.chain_pem};
        auto vouched = pumped(client, server);
        CPPUNIT_ASSERT_EQUAL(std::string("name:alice"), vouched.server->peer().identity);
    }
    void a_required_client_certificate_that_is_missing_or_unknown_is_refused() {
        auto client = EnginePair::pinned(certificates_.server);
        auto server = EnginePair::serving(certificates_.server);
        server.clients = ClientCertificates::required;
        auto missing = pumped(client, server);
        expect("shows no certificate", fault(*missing.server));
        CPPUNIT_ASSERT(missing.client->readable());
        expect("wants a certificate", fault(*missing.client));
        client.certificate = copy_of(certificates_.other);
        server.client_trust = TrustPins{{fingerprint_of(certificates_.alice)}};
        expect("not the one that is pinned", fault(*pumped(client, server).server));
        server.clients = ClientCertificates::asked;
        client.certificate.reset();
        CPPUNIT_ASSERT(pumped(client, server).open());
    }
    void an_application_protocol_is_agreed_on() {
        auto client = EnginePair::pinned(certificates_.server);
        client.alpn = {"lftp/2", "cs/1"};
        auto server = EnginePair::serving(certificates_.server);
        server.alpn = {"cs/1", "lftp/2"};
        auto pair = pumped(client, server);
        CPPUNIT_ASSERT_EQUAL(std::string("cs/1"), pair.client->alpn());
        CPPUNIT_ASSERT_EQUAL(std::string("cs/1"), pair.server->alpn());
    }
    void no_application_protocol_in_common_is_refused() {
        auto client = EnginePair::pinned(certificates_.server);
        auto server = EnginePair::serving(certificates_.server);
        server.alpn = {"cs/1"};
        auto silent = pumped(client, server);
        expect("ALPN", fault(*silent.server));
        expect("ALPN", fault(*silent.client));
        client.alpn = {"lftp/2"};
        auto other = pumped(client, server);
        expect("ALPN", fault(*other.server));
        expect("ALPN", fault(*other.client));
        server.alpn = {};
        expect("ALPN", client_fault(client, server));
    }
    void a_session_shortens_the_next_handshake() {
        EnginePair pair;
        const auto session = session_of(pair);
        CPPUNIT_ASSERT(!pair.client->resumed());
        pair.again("files.test", &session);
        CPPUNIT_ASSERT(pair.open() && pair.client->resumed() && pair.server->resumed());
        CPPUNIT_ASSERT_EQUAL(fingerprint_of(certificates_.server).to_string(),
                             pair.client->peer().identity);
        CPPUNIT_ASSERT(pair.client->peer().authenticated);
    }
    void a_session_of_another_host_or_with_damage_is_not_used() {
        EnginePair pair;
        auto session = session_of(pair);
        pair.again("other.test", &session);
        CPPUNIT_ASSERT(pair.open() && !pair.client->resumed());
        for (std::size_t place = 0; place < session.size(); ++place) {
            session.bytes()[place] ^= std::byte{1};
            pair.again("files.test", &session);
            CPPUNIT_ASSERT(!pair.client->resumed() || pair.open());
            session.bytes()[place] ^= std::byte{1};
        }
        session.shrink(40);
        pair.again("files.test", &session);
        CPPUNIT_ASSERT(pair.open() && !pair.client->resumed());
    }
    void a_resumed_client_keeps_its_identity() {
        TlsServerSettings by_key;
        by_key.psks.push_back(test_psk());
        EnginePair keys({.psk = test_psk()}, by_key);
        const auto first = session_of(keys);
        keys.again("files.test", &first);
        CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), keys.server->peer().identity);

        auto client = EnginePair::pinned(certificates_.server);
        client.certificate = copy_of(certificates_.alice);
        auto server = EnginePair::serving(certificates_.server);
        server.clients = ClientCertificates::required;
        server.client_trust = TrustCa{certificates_.authority.chain_pem};
        EnginePair named(client, server);
        const auto second = session_of(named);
        named.again("files.test", &second);
        CPPUNIT_ASSERT(named.server->resumed());
        CPPUNIT_ASSERT_EQUAL(std::string("name:alice"), named.server->peer().identity);
    }
    void a_ticket_does_not_come_before_the_first_bytes() {
        EnginePair pair;
        CPPUNIT_ASSERT(pair.pump().open());
        CPPUNIT_ASSERT(pair.server->outgoing().empty());
        CPPUNIT_ASSERT(pair.client->take_session().empty());
    }
    void bytes_that_are_no_tls_are_called_so() {
        for (const auto* text : {"GET / HTTP/1.0\r\n\r\n", "SSH-2.0-OpenSSH_9.2p1 Debian\r\n",
                                 "\x01\xc5\x01\x02\x00\x00\x00\x01\x00\x00\x00\x0c"}) {
            const auto bytes = std::string(text, 12);
            EnginePair pair;
            pair.server->feed(as_bytes(bytes));
            expect("does not speak TLS", fault(*pair.server));
            pair.client->feed(as_bytes(bytes));
            expect("does not speak TLS", fault(*pair.client));
        }
    }
    void settings_that_cannot_work_are_refused() {
        auto tls = openssl_tls();
        CPPUNIT_ASSERT(tls.server({}).error().code == ErrorCode::usage);
        for (const auto* pem : {"", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
            TlsServerSettings server{.certificate = copy_of(certificates_.server)};
            server.certificate->chain_pem = pem;
            CPPUNIT_ASSERT(tls.server(server).error().code == ErrorCode::usage);
            CPPUNIT_ASSERT(tls.client({.trust = TrustCa{pem}}).error().code == ErrorCode::usage);
        }
        TlsServerSettings mixed{.certificate = copy_of(certificates_.server)};
        mixed.certificate->key_pem = Secret(certificates_.other.key_pem.view());
        CPPUNIT_ASSERT(tls.server(mixed).error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(!tls.client({.psk = test_psk("")}).ok());
        CPPUNIT_ASSERT(!tls.client({.psk = test_psk(std::string(129, 'i'))}).ok());
        CPPUNIT_ASSERT(tls.client({.psk = test_psk(std::string(128, 'i'))}).ok());
        CPPUNIT_ASSERT(!tls.client({.psk = TlsPsk{"short", Secret(std::size_t{15})}}).ok());
        CPPUNIT_ASSERT(!tls.client({.alpn = {""}}).ok());
        CPPUNIT_ASSERT(!tls.client({.alpn = std::vector<std::string>(17, "a")}).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OpensslTlsTest);

}  // namespace
}  // namespace gantry::crypto
