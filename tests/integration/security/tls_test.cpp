#include "security_fixture.h"

#include <csignal>

namespace gantry::testing {
namespace {

class TlsTest : public SecurityFixture {
    CPPUNIT_TEST_SUITE(TlsTest);
    CPPUNIT_TEST(a_pin_a_key_an_authority_and_trust_new_each_let_in);
    CPPUNIT_TEST(every_command_takes_the_key);
    CPPUNIT_TEST(a_session_is_secured_once_for_all_its_commands);
    CPPUNIT_TEST(an_unknown_server_is_refused_without_a_terminal);
    CPPUNIT_TEST(a_wrong_key_or_pin_is_refused);
    CPPUNIT_TEST(a_changed_certificate_is_refused_loudly);
    CPPUNIT_TEST(an_expired_certificate_is_refused);
    CPPUNIT_TEST(a_server_may_want_certificates_of_its_clients);
    CPPUNIT_TEST(a_plain_client_on_a_secured_port);
    CPPUNIT_TEST(a_secured_client_on_a_plain_port);
    CPPUNIT_TEST(options_that_contradict_one_another);
    CPPUNIT_TEST(keys_that_others_can_read_are_refused);
    CPPUNIT_TEST(a_secured_server_ends_well_with_clients_connected);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_pin_a_key_an_authority_and_trust_new_each_let_in() {
        const auto print = certificate("server.pem");
        key("my.key", "laptop");
        const auto server = serve({"--cert", "server.pem", "--key-file", "my.key"});
        fetched(get(server, {"--pin", print}));
        fetched(get(server, {"--key-file", "my.key"}));
        fetched(get(server, {"--trust-new"}));
        fetched(get(server, {"--tls", "require"}));
        issue("issued.pem", "files");
        const auto issued = serve({"--tls", "on", "--cert", "issued.pem"});
        fetched(get(issued, {"--ca-file", "ca.pem"}));
        refused(get(server, {"--ca-file", "ca.pem"}), {"not trusted"});
    }
    void every_command_takes_the_key() {
        key("my.key", "laptop");
        const auto server = serve({"--key-file", "my.key", "--writable"});
        home_.write("b.txt", "b");
        const auto with_key = [&](std::vector<std::string> words) {
            words.insert(words.begin(), "cs");
            words.insert(words.end(), {"--key-file", "my.key"});
            succeeded(run(std::move(words)));
        };
        with_key({"ls", server.url("")});
        with_key({"put", "b.txt", server.url("")});
        with_key({"stat", server.url("b.txt")});
        with_key({"hash", server.url("b.txt")});
        with_key({"mkdir", server.url("c")});
        with_key({"rename", server.url("b.txt"), "c/b.txt"});
        with_key({"delete", server.url("c/b.txt")});
        with_key({"ping", "-n", "1", server.url("")});
    }
    void a_session_is_secured_once_for_all_its_commands() {
        home_.write("keys/readme", "");
        key("keys/my.key", "laptop");
        const auto server = serve({"--key-file", "keys/my.key"});
        const auto end = run({"-c", "lcd keys; open --key-file my.key " + server.url("") +
                                        "; ls; get a.txt -o ../got.txt"});
        fetched(end);
        CPPUNIT_ASSERT(end.out.find("a.txt") != std::string::npos);
    }
    void an_unknown_server_is_refused_without_a_terminal() {
        const auto print = certificate("server.pem");
        const auto server = serve({"--cert", "server.pem"});
        refused(get(server, {"--tls", "on"}), {"not known yet", print, "--pin", "--trust-new"});
        const auto json = run({"--json", "cs", "get", server.url("a.txt"), "--tls", "on"});
        CPPUNIT_ASSERT_EQUAL(kSecurity, json.status.value_or(-1));
        CPPUNIT_ASSERT(json.out.find("\"name\":\"security\"") != std::string::npos);
    }
    void a_wrong_key_or_pin_is_refused() {
        certificate("server.pem");
        const auto other = certificate("other.pem");
        key("my.key", "laptop");
        key("same-name.key", "laptop");
        key("stranger.key", "stranger");
        const auto keyed = serve({"--key-file", "my.key"});
        refused(get(keyed, {"--key-file", "same-name.key"}), {"pre-shared key"});
        refused(get(keyed, {"--key-file", "stranger.key"}), {"pre-shared key"});
        refused(get(keyed, {"--trust-new"}), {});
        const auto shown = serve({"--cert", "server.pem"});
        refused(get(shown, {"--pin", other}), {"not the one of --pin"});
        refused(get(shown, {"--key-file", "my.key"}), {"does not have the key"});
    }
    void a_changed_certificate_is_refused_loudly() {
        const auto print = certificate("server.pem");
        const auto other = certificate("other.pem");
        const auto server = serve({"--cert", "server.pem"});
        const auto host = "127.0.0.1:" + std::to_string(server.port());
        succeeded(run({"crypto", "cert", "pin", host, "--fingerprint", other}));
        refused(get(server, {"--tls", "on"}), {"HAS CHANGED", print, other, "--replace"});
        refused(get(server, {"--trust-new"}), {"HAS CHANGED"});
    }
    void an_expired_certificate_is_refused() {
        const auto print = expired("old.pem");
        const auto server = serve({"--cert", "old.pem"});
        refused(get(server, {"--pin", print}), {"expired"});
        refused(get(server, {"--trust-new"}), {"expired"});
        CPPUNIT_ASSERT_EQUAL(std::string(), run({"crypto", "cert", "list"}).out);
    }
    void a_server_may_want_certificates_of_its_clients() {
        const auto print = certificate("server.pem");
        certificate("other.pem");
        issue("alice.pem", "alice");
        const auto server = serve({"--cert", "server.pem", "--ca-file", "ca.pem"});
        fetched(get(server, {"--pin", print, "--cert", "alice.pem"}));
        refused(get(server, {"--pin", print}), {"certificate"});
        refused(get(server, {"--pin", print, "--cert", "other.pem"}), {"certificate"});
    }
    void a_plain_client_on_a_secured_port() {
        certificate("server.pem");
        const auto server = serve({"--cert", "server.pem"});
        const std::vector<std::string> words{"secured connections only", "--key-file"};
        refused(get(server, {}), words);
        failed(run({"cs", "ls", server.url("")}), kSecurity, words);
        failed(run({"cs", "ping", server.url("")}), kSecurity, words);
        home_.write("b.txt", std::string(3'000'000, 'b'));
        failed(run({"cs", "put", "b.txt", server.url("")}), kSecurity, words);
        const auto open = run({"-c", "open " + server.url("") + " && ls"});
        CPPUNIT_ASSERT_EQUAL(kSecurity, open.status.value_or(-1));
    }
    void a_secured_client_on_a_plain_port() {
        key("my.key", "laptop");
        const auto server = serve({});
        refused(get(server, {"--key-file", "my.key"}), {"without TLS"});
        refused(get(server, {"--trust-new"}), {"without TLS"});
        fetched(get(server, {"--tls", "off"}));
    }
    void options_that_contradict_one_another() {
        key("my.key", "laptop");
        const std::string url = "cs://127.0.0.1:1/a.txt";
        const auto get_with = [&](std::vector<std::string> more) {
            more.insert(more.begin(), {"cs", "get", url});
            return run(std::move(more));
        };
        failed(get_with({"--tls", "off", "--key-file", "my.key"}), kUsage, {"--tls off"});
        failed(get_with({"--wire", "classic", "--tls", "on"}), kUsage, {"classic"});
        failed(get_with({"--ca-file", "x", "--trust-new"}), kUsage, {"--ca-file"});
        failed(get_with({"--pin", "nonsense"}), kUsage, {"--pin nonsense"});
        failed(run({"cs", "serve", "srv", "--tls", "on"}), kUsage, {"--cert", "--key-file"});
        failed(run({"cs", "serve", "srv", "--trust-new", "--key-file", "my.key"}), kUsage,
               {"--cert"});
        failed(run({"cs", "serve", "srv", "--wire", "classic", "--key-file", "my.key"}), kUsage,
               {"classic"});
    }
    void keys_that_others_can_read_are_refused() {
        key("my.key", "laptop");
        std::filesystem::permissions(home_ / "my.key", std::filesystem::perms::others_read,
                                     std::filesystem::perm_options::add);
        failed(run({"cs", "get", "cs://127.0.0.1:1/a", "--key-file", "my.key"}), kDenied,
               {"chmod"});
        failed(run({"cs", "serve", "srv", "--listen", "127.0.0.1:0", "--key-file", "my.key"}),
               kDenied, {"chmod"});
        failed(run({"cs", "get", "cs://127.0.0.1:1/a", "--key-file", "none.key"}), kNotFound,
               {"none.key"});
    }
    void a_secured_server_ends_well_with_clients_connected() {
        certificate("server.pem");
        auto server = serve({"--cert", "server.pem"});
        auto silent = Connection::to(server.port());
        auto begun = Connection::to(server.port());
        CPPUNIT_ASSERT(begun.send(std::string("\x16\x03\x01\x02\x00\x01", 6)));
        fetched(get(server, {"--trust-new"}));
        server.process().send_signal(SIGTERM);
        succeeded(server.process().wait());
        silent.await_end();
        begun.await_end();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TlsTest);

}  // namespace
}  // namespace gantry::testing
