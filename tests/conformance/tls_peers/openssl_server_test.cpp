#include "peer_fixture.h"

namespace gantry::crypto {
namespace {

// We are the client of `openssl s_server`.
class OpensslServerTest : public PeerFixture {
    CPPUNIT_TEST_SUITE(OpensslServerTest);
    CPPUNIT_TEST(a_pinned_certificate);
    CPPUNIT_TEST(an_authority_and_a_name);
    CPPUNIT_TEST(another_certificate_than_the_pinned_one);
    CPPUNIT_TEST(a_certificate_that_has_expired);
    CPPUNIT_TEST(a_self_made_certificate_where_an_authority_is_wanted);
    CPPUNIT_TEST(a_shared_key);
    CPPUNIT_TEST(a_wrong_shared_key);
    CPPUNIT_TEST(a_certificate_of_ours);
    CPPUNIT_TEST(a_certificate_of_ours_that_is_missing);
    CPPUNIT_TEST(no_application_protocol_in_common);
    CPPUNIT_TEST(nothing_but_tls_1_2);
    CPPUNIT_TEST(a_second_connection_resumes);
    CPPUNIT_TEST(a_key_update_in_the_middle);
    CPPUNIT_TEST(a_server_that_is_killed);
    CPPUNIT_TEST(a_peer_that_is_plain);
    CPPUNIT_TEST_SUITE_END();

    std::optional<Process> server_;
    std::uint16_t port_ = 0;

    void serve(std::vector<std::string> words) {
        words.insert(words.begin(), {"s_server", "-accept", "127.0.0.1:0"});
        server_.emplace(openssl(std::move(words)));
        const auto line = server_->line_of_output("ACCEPT");
        CPPUNIT_ASSERT(line.has_value());
        port_ = HostPort::parse(line->substr(7)).value().port;
    }
    void serve_with(const TlsCertificate& certificate, std::vector<std::string> words = {"-rev"}) {
        words.insert(words.end(), {"-cert", file("server.pem", certificate), "-key",
                                   (folder_ / "server.pem").string()});
        serve(std::move(words));
    }
    Result<std::unique_ptr<SecureStream>> connect(const TlsClientSettings& settings,
                                                  const Secret* session = nullptr,
                                                  WallTime now = kTestNow) {
        const auto client = must(openssl_tls().client(settings));
        std::optional<Result<std::unique_ptr<SecureStream>>> outcome;
        Registration shaking;
        const auto connecting =
            connector_.connect(loop(), {"127.0.0.1", port_}, {}, [&](auto plain) {
                shaking = secure(loop(), must(std::move(plain)),
                                 must(client->connect("127.0.0.1", now, session)), 20s,
                                 [&](auto made) { outcome = std::move(made); });
            });
        run_until([&] { return outcome.has_value(); });
        return std::move(*outcome);
    }
    // The server sends each line back, turned round.
    void expect_conversation(const TlsClientSettings& settings) {
        WatchedStream stream(must(connect(settings)));
        stream.write("question\n");
        stream.stream->set_interest(Interest::read);
        run_until([&] { return stream.text == "noitseuq\n" || stream.closed > 0; });
        CPPUNIT_ASSERT_EQUAL(0, stream.closed);
    }
    static TlsClientSettings pinned(const TlsCertificate& certificate) {
        return {.trust = TrustPins{{fingerprint_of(certificate)}}};
    }
    TlsClientSettings by_authority() const {
        return {.trust = TrustCa{certificates_.authority.chain_pem}};
    }
    Error refusal(const TlsClientSettings& settings, WallTime now = kTestNow) {
        auto outcome = connect(settings, nullptr, now);
        CPPUNIT_ASSERT(!outcome.ok());
        return std::move(outcome).error();
    }
    // A client is open before its server has judged it.
    Error later_refusal(const TlsClientSettings& settings) {
        WatchedStream stream(must(connect(settings)));
        stream.stream->set_interest(Interest::read);
        run_until([&] { return stream.closed > 0; });
        return stream.error;
    }

  public:
    void a_pinned_certificate() {
        serve_with(certificates_.alone);
        expect_conversation(pinned(certificates_.alone));
    }
    void an_authority_and_a_name() {
        serve_with(certificates_.server);
        expect_conversation(by_authority());
    }
    void another_certificate_than_the_pinned_one() {
        serve_with(certificates_.server);
        expect(ErrorCode::security, "not the one that is pinned",
               refusal(pinned(certificates_.alone)));
    }
    void a_certificate_that_has_expired() {
        serve_with(certificates_.alone);
        expect(ErrorCode::security, "expired",
               refusal(pinned(certificates_.alone), kTestNow + 24h * 365 * 30));
    }
    void a_self_made_certificate_where_an_authority_is_wanted() {
        serve_with(certificates_.alone);
        expect(ErrorCode::security, "not trusted", refusal(by_authority()));
    }
    void a_shared_key() {
        const auto psk = test_psk();
        serve({"-nocert", "-psk", hex(psk), "-psk_identity", psk.identity, "-rev"});
        expect_conversation({.psk = test_psk()});
    }
    void a_wrong_shared_key() {
        serve({"-nocert", "-psk", hex(test_psk()), "-psk_identity", "laptop", "-rev"});
        expect(ErrorCode::security, "same on both sides",
               refusal({.psk = test_psk("laptop", 'x')}));
    }
    void a_certificate_of_ours() {
        serve_with(certificates_.server,
                   {"-rev", "-Verify", "2", "-verify_return_error", "-CAfile",
                    folder_.write("ca.pem", certificates_.authority.chain_pem).string()});
        auto settings = by_authority();
        settings.certificate = copy_of(certificates_.alice);
        expect_conversation(settings);
    }
    void a_certificate_of_ours_that_is_missing() {
        serve_with(certificates_.server, {"-rev", "-Verify", "2"});
        expect(ErrorCode::security, "wants a certificate", later_refusal(by_authority()));
    }
    void no_application_protocol_in_common() {
        serve_with(certificates_.server, {"-rev", "-alpn", "other"});
        auto settings = by_authority();
        settings.alpn = {"cs/1"};
        expect(ErrorCode::security, "ALPN", refusal(settings));
    }
    void nothing_but_tls_1_2() {
        serve_with(certificates_.server, {"-rev", "-tls1_2"});
        expect(ErrorCode::security, "does not speak TLS 1.3", refusal(by_authority()));
    }
    void a_second_connection_resumes() {
        serve_with(certificates_.server);
        WatchedStream first(must(connect(by_authority())));
        first.write("a\n");
        first.stream->set_interest(Interest::read);
        run_until([&] { return first.text == "a\n"; });
        const auto session = secured(first).engine().take_session();
        CPPUNIT_ASSERT(!session.empty());
        first.stream.reset();
        WatchedStream second(must(connect(by_authority(), &session)));
        CPPUNIT_ASSERT(secured(second).engine().resumed());
        CPPUNIT_ASSERT_EQUAL(std::string("name:localhost"),
                             second.stream->security().peer_identity);
    }
    void a_key_update_in_the_middle() {
        serve_with(certificates_.server, {});
        WatchedStream stream(must(connect(by_authority())));
        stream.stream->set_interest(Interest::read);
        server_->write("before\n");
        run_until([&] { return stream.text == "before\n"; });
        server_->write("K\n");  // a command when it is read alone, which it was when this comes
        stream.write("ping\n");
        CPPUNIT_ASSERT(server_->line_of_output("ping").has_value());
        server_->write("after\n");
        run_until([&] { return stream.text == "before\nafter\n"; });
        stream.write("still there\n");
        CPPUNIT_ASSERT(server_->line_of_output("still there").has_value());
    }
    void a_server_that_is_killed() {
        serve_with(certificates_.server);
        WatchedStream stream(must(connect(by_authority())));
        stream.stream->set_interest(Interest::read);
        server_->send_signal(SIGKILL);
        run_until([&] { return stream.closed > 0; });
        CPPUNIT_ASSERT(!stream.ended);
        expect(ErrorCode::network, "", stream.error);
    }
    void a_peer_that_is_plain() {
        std::unique_ptr<Stream> held;
        const auto listener = must(connector_.listen(
            loop(), *Endpoint::parse("127.0.0.1:0"), {}, [&](std::unique_ptr<Stream> stream) {
                const ByteView words = as_bytes("220 welcome, who are you?\r\n");
                (void)stream->write(std::span(&words, 1));
                held = std::move(stream);
            }));
        port_ = listener->local().port;
        CPPUNIT_ASSERT(refusal(by_authority()).code == ErrorCode::security);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OpensslServerTest);

}  // namespace
}  // namespace gantry::crypto
