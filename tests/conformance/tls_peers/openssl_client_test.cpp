#include "peer_fixture.h"

namespace gantry::crypto {
namespace {

// `openssl s_client` is a client of ours.
class OpensslClientTest : public PeerFixture {
    CPPUNIT_TEST_SUITE(OpensslClientTest);
    CPPUNIT_TEST(trusts_our_certificate);
    CPPUNIT_TEST(has_a_shared_key);
    CPPUNIT_TEST(has_a_wrong_or_unknown_shared_key);
    CPPUNIT_TEST(shows_a_certificate);
    CPPUNIT_TEST(shows_no_certificate_where_one_is_required);
    CPPUNIT_TEST(shows_a_self_made_certificate_where_an_authority_is_wanted);
    CPPUNIT_TEST(speaks_nothing_newer_than_tls_1_2);
    CPPUNIT_TEST(has_no_application_protocol_in_common);
    CPPUNIT_TEST(agrees_on_an_application_protocol);
    CPPUNIT_TEST(exports_the_same_key);
    CPPUNIT_TEST(resumes);
    CPPUNIT_TEST(asks_for_a_key_update_and_a_renegotiation);
    CPPUNIT_TEST(is_killed);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<TlsServer> maker_;
    std::unique_ptr<Listener> listener_;
    Registration shaking_;
    std::optional<WatchedStream> stream_;
    std::optional<Error> error_;

    void serve(const TlsServerSettings& settings) {
        maker_ = must(openssl_tls().server(settings));
        listener_ = must(connector_.listen(
            loop(), *Endpoint::parse("127.0.0.1:0"), {}, [this](std::unique_ptr<Stream> plain) {
                stream_.reset();
                shaking_ = secure(loop(), std::move(plain), must(maker_->accept(kTestNow)), 20s,
                                  [this](auto made) {
                                      if (!made) {
                                          error_ = made.error();
                                          return;
                                      }
                                      stream_.emplace(std::move(*made));
                                      stream_->stream->set_interest(Interest::read);
                                  });
            }));
    }
    TlsServerSettings settings() const { return {.certificate = copy_of(certificates_.server)}; }
    Process client(std::vector<std::string> words) const {
        words.insert(words.begin(), {"s_client", "-connect", listener_->local().to_string()});
        return openssl(std::move(words));
    }
    std::vector<std::string> trusting(std::vector<std::string> more = {}) const {
        std::vector<std::string> words{
            "-quiet",
            "-no_ign_eof",
            "-verify_return_error",
            "-verify_ip",
            "127.0.0.1",
            "-CAfile",
            folder_.write("ca.pem", certificates_.authority.chain_pem).string()};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    // The client asks, is answered, and ends in order.
    void converse(Process& process) {
        process.write("question\n");
        run_until([&] { return error_ || (stream_ && stream_->text == "question\n"); });
        CPPUNIT_ASSERT_MESSAGE(error_ ? describe(*error_) : "", !error_);
        stream_->write("answer\n");
        CPPUNIT_ASSERT(process.line_of_output("answer").has_value());
        process.close_input();
        run_until([&] { return stream_->ended || stream_->closed > 0; });
        CPPUNIT_ASSERT_EQUAL(0, stream_->closed);
    }
    // What the server found, and that the client went with an error of its own.
    Error refusal(Process process) {
        run_until([&] { return error_.has_value(); });
        const auto end = process.wait();
        CPPUNIT_ASSERT(!end.timed_out && end.status != 0);
        return *error_;
    }
    std::string identity() const { return stream_->stream->security().peer_identity; }

  public:
    void trusts_our_certificate() {
        serve(settings());
        auto process = client(trusting());
        converse(process);
        CPPUNIT_ASSERT_EQUAL(std::string(), identity());
    }
    void has_a_shared_key() {
        TlsServerSettings by_key;
        by_key.psks.push_back(test_psk());
        serve(by_key);
        auto process = client({"-quiet", "-no_ign_eof", "-psk", hex(test_psk()), "-psk_identity",
                               "laptop", "-ciphersuites", "TLS_AES_128_GCM_SHA256"});
        converse(process);
        CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), identity());
    }
    void has_a_wrong_or_unknown_shared_key() {
        TlsServerSettings by_key;
        by_key.psks.push_back(test_psk());
        serve(by_key);
        const std::vector<std::string> words{"-psk", hex(test_psk("laptop", 'x')), "-tls1_3"};
        auto wrong = words, unknown = words;
        wrong.insert(wrong.end(), {"-psk_identity", "laptop"});
        expect(ErrorCode::security, "is not ours", refusal(client(wrong)));
        error_.reset();
        unknown.insert(unknown.end(), {"-psk_identity", "phone"});
        expect(ErrorCode::security, "no way in common", refusal(client(unknown)));
    }
    void shows_a_certificate() {
        auto wanted = settings();
        wanted.clients = ClientCertificates::required;
        wanted.client_trust = TrustCa{certificates_.authority.chain_pem};
        serve(wanted);
        const auto pem = file("alice.pem", certificates_.alice);
        auto process = client(trusting({"-cert", pem, "-key", pem}));
        converse(process);
        CPPUNIT_ASSERT_EQUAL(std::string("name:localhost"), identity());
        CPPUNIT_ASSERT(stream_->stream->security().authenticated);
    }
    void shows_no_certificate_where_one_is_required() {
        auto wanted = settings();
        wanted.clients = ClientCertificates::required;
        serve(wanted);
        expect(ErrorCode::security, "shows no certificate", refusal(client(trusting())));
    }
    void shows_a_self_made_certificate_where_an_authority_is_wanted() {
        auto wanted = settings();
        wanted.clients = ClientCertificates::required;
        wanted.client_trust = TrustCa{certificates_.authority.chain_pem};
        serve(wanted);
        const auto pem = file("alone.pem", certificates_.alone);
        expect(ErrorCode::security, "not trusted",
               refusal(client(trusting({"-cert", pem, "-key", pem}))));
    }
    void speaks_nothing_newer_than_tls_1_2() {
        serve(settings());
        expect(ErrorCode::security, "does not speak TLS 1.3",
               refusal(client(trusting({"-tls1_2"}))));
    }
    void has_no_application_protocol_in_common() {
        auto wanted = settings();
        wanted.alpn = {"cs/1"};
        serve(wanted);
        expect(ErrorCode::security, "ALPN", refusal(client(trusting({"-alpn", "http/1.1"}))));
        error_.reset();
        expect(ErrorCode::security, "ALPN", refusal(client(trusting())));
    }
    void agrees_on_an_application_protocol() {
        auto wanted = settings();
        wanted.alpn = {"cs/1"};
        serve(wanted);
        auto process = client(trusting({"-alpn", "http/1.1,cs/1"}));
        converse(process);
        CPPUNIT_ASSERT_EQUAL(std::string("cs/1"), secured(*stream_).engine().alpn());
    }
    void exports_the_same_key() {
        serve(settings());
        auto process = client({"-keymatexport", "EXPORTER-gantry", "-keymatexportlen", "32"});
        run_until([&] { return stream_.has_value(); });
        const auto key = must(secured(*stream_).engine().export_key("EXPORTER-gantry", {}, 32));
        const auto line = process.line_of_output("    Keying material: ");
        CPPUNIT_ASSERT(line.has_value());
        auto wanted = to_hex(key.view());
        for (char& c : wanted) c = static_cast<char>(std::toupper(c));
        CPPUNIT_ASSERT_EQUAL("    Keying material: " + wanted, *line);
    }
    void resumes() {
        serve(settings());
        const auto session = (folder_ / "session").string();
        auto first = client(trusting({"-sess_out", session}));
        converse(first);
        CPPUNIT_ASSERT(!secured(*stream_).engine().resumed());
        CPPUNIT_ASSERT(!first.wait().timed_out);
        stream_.reset();
        auto second = client(trusting({"-sess_in", session}));
        converse(second);
        CPPUNIT_ASSERT(secured(*stream_).engine().resumed());
    }
    // TLS 1.3 has no renegotiation: the client gives up, and that is an end as any other.
    void asks_for_a_key_update_and_a_renegotiation() {
        serve(settings());
        auto words = trusting();
        words.erase(words.begin());  // with -quiet it takes no commands
        auto process = client(words);
        run_until([&] { return stream_.has_value(); });
        for (const auto* command : {"K\n", "k\n"}) {  // each is to be read alone
            process.write(command);
            CPPUNIT_ASSERT(process.line_of_errors("KEYUPDATE").has_value());
        }
        process.write("text\n");
        run_until([&] { return stream_->text == "text\n" || stream_->closed > 0; });
        CPPUNIT_ASSERT_EQUAL(0, stream_->closed);
        stream_->write("answer\n");
        CPPUNIT_ASSERT(process.line_of_output("answer").has_value());
        process.write("R\n");
        run_until([&] { return stream_->ended || stream_->closed > 0; });
        CPPUNIT_ASSERT_EQUAL(std::string("text\n"), stream_->text);
    }
    void is_killed() {
        serve(settings());
        auto process = client(trusting());
        process.write("question\n");
        run_until([&] { return stream_ && stream_->text == "question\n"; });
        process.send_signal(SIGKILL);
        run_until([&] { return stream_->closed > 0; });
        CPPUNIT_ASSERT(!stream_->ended);
        expect(ErrorCode::network, "cut short", stream_->error);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OpensslClientTest);

}  // namespace
}  // namespace gantry::crypto
