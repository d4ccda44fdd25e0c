#include <cppunit/extensions/HelperMacros.h>
#include <support/gantry_command.h>
#include <support/temporary_folder.h>

#include <csignal>
#include <optional>

namespace gantry::testing {
namespace {

// Each outcome has its exit status, and the words that help.
class CertificatesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CertificatesTest);
    CPPUNIT_TEST(a_new_certificate_is_one_that_openssl_reads);
    CPPUNIT_TEST(an_unknown_server_is_refused_without_a_terminal);
    CPPUNIT_TEST(a_server_is_trusted_when_told_to);
    CPPUNIT_TEST(a_changed_certificate_is_refused_loudly);
    CPPUNIT_TEST(a_pinned_fingerprint_can_be_replaced_and_forgotten);
    CPPUNIT_TEST(a_server_without_tls_or_that_is_not_there);
    CPPUNIT_TEST(a_server_of_old_tls);
    CPPUNIT_TEST(a_damaged_file_of_known_hosts);
    CPPUNIT_TEST_SUITE_END();

    TemporaryFolder home_;
    std::optional<Process> server_;

    ProcessEnd gantry(std::vector<std::string> words) const {
        return run_process(gantry_command(std::move(words), home_.path()));
    }
    ProcessEnd cert(std::vector<std::string> words) const {
        words.insert(words.begin(), {"crypto", "cert"});
        return gantry(std::move(words));
    }
    static ProcessEnd ended(int status, ProcessEnd end) {
        CPPUNIT_ASSERT(!end.timed_out);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(end.out + end.err, status, end.status.value_or(-end.signal));
        return end;
    }
    static void expect(const std::string& part, const std::string& text) {
        CPPUNIT_ASSERT_MESSAGE(text, text.find(part) != std::string::npos);
    }
    std::string make(const std::string& name) const {
        auto line = ended(0, cert({"new", "-o", name})).out;
        line.pop_back();
        return line;
    }
    // Runs `openssl s_server`; where it listens.
    std::string serve(const std::string& pem, std::vector<std::string> more = {}) {
        std::vector<std::string> words{
            "/usr/bin/openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", pem, "-key", pem};
        words.insert(words.end(), more.begin(), more.end());
        server_.emplace(ProcessSpec{words, {}, home_.path().string(), {}});
        const auto line = server_->line_of_output("ACCEPT ");
        CPPUNIT_ASSERT(line.has_value());
        return line->substr(7);
    }

  public:
    void a_new_certificate_is_one_that_openssl_reads() {
        const auto fingerprint = make("server.pem");
        const auto told = run_process(
            {{"/usr/bin/openssl", "x509", "-in", "server.pem", "-noout", "-fingerprint", "-sha256"},
             {},
             home_.path().string(),
             {}});
        // What openssl prints is taken as it is.
        const auto printed = told.out.substr(told.out.find('=') + 1, 95);
        expect(fingerprint, ended(0, cert({"pin", "a.test:1", "--fingerprint", printed})).out);
        ended(11, cert({"new", "-o", "server.pem"}));
        const auto json = ended(0, gantry({"--json", "crypto", "cert", "show", "server.pem"})).out;
        expect("\"fingerprint\":\"" + fingerprint + "\"", json);
        expect("\"self_made\":true", json);
        ended(2, cert({"new", "-o", "x.pem", "--days", "0"}));
        ended(3, cert({"show", "none.pem"}));
    }
    void an_unknown_server_is_refused_without_a_terminal() {
        const auto fingerprint = make("server.pem");
        const auto host = serve("server.pem");
        const auto end = ended(6, cert({"pin", host}));
        expect(fingerprint, end.err);
        expect("--trust-new", end.err);
        expect(fingerprint, ended(0, cert({"show", host})).out);
        CPPUNIT_ASSERT_EQUAL(std::string(), ended(0, cert({"list"})).out);
    }
    void a_server_is_trusted_when_told_to() {
        const auto fingerprint = make("server.pem");
        const auto host = serve("server.pem");
        ended(0, cert({"pin", host, "--trust-new"}));
        CPPUNIT_ASSERT_EQUAL(host + " " + fingerprint + "\n", ended(0, cert({"list"})).out);
        expect("known ", ended(0, cert({"pin", host})).out);
    }
    void a_changed_certificate_is_refused_loudly() {
        make("server.pem");
        const auto old = make("old.pem");
        const auto host = serve("server.pem");
        ended(0, cert({"pin", host, "--fingerprint", old}));
        for (const auto& words :
             std::vector<std::vector<std::string>>{{"pin", host}, {"pin", host, "--trust-new"}}) {
            const auto end = ended(6, cert(words));
            expect("HAS CHANGED", end.err);
            expect(old, end.err);
        }
        const auto json = ended(6, gantry({"--json", "crypto", "cert", "pin", host})).out;
        expect("\"name\":\"security\"", json);
    }
    void a_pinned_fingerprint_can_be_replaced_and_forgotten() {
        const auto first = make("a.pem"), second = make("b.pem");
        ended(0, cert({"pin", "a.test:1", "--fingerprint", first}));
        ended(11, cert({"pin", "a.test:1", "--fingerprint", second}));
        ended(0, cert({"pin", "a.test:1", "--fingerprint", second, "--replace"}));
        CPPUNIT_ASSERT_EQUAL("a.test:1 " + second + "\n", ended(0, cert({"list"})).out);
        ended(0, cert({"forget", "a.test:1"}));
        ended(3, cert({"forget", "a.test:1"}));
    }
    void a_server_without_tls_or_that_is_not_there() {
        ended(5, cert({"show", "127.0.0.1:1"}));
        ended(0, gantry({"crypto", "cert", "list"}));
        auto spec =
            gantry_command({"cs", "serve", "served", "--listen", "127.0.0.1:0"}, home_.path());
        Process plain(spec);
        const auto line = plain.line_of_output("listening cs ");
        CPPUNIT_ASSERT(line.has_value());
        ended(6, cert({"show", line->substr(13)}));
        plain.send_signal(SIGTERM);
        ended(0, plain.wait());
    }
    void a_server_of_old_tls() {
        make("server.pem");
        const auto end = ended(6, cert({"show", serve("server.pem", {"-tls1_2"})}));
        expect("TLS 1.3", end.err);
    }
    void a_damaged_file_of_known_hosts() {
        home_.write("damaged", "nonsense\n");
        const auto end =
            ended(10, gantry({"--set", "crypto.known_hosts=" + (home_ / "damaged").string(),
                              "crypto", "cert", "list"}));
        expect("line 1", end.err);
        CPPUNIT_ASSERT_EQUAL(std::string("nonsense\n"), home_.read("damaged"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CertificatesTest);

}  // namespace
}  // namespace gantry::testing
