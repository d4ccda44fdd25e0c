#include <cs/app/security_options.h>

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// Which options secure a connection, and which contradict one another.
class SecurityOptionsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecurityOptionsTest);
    CPPUNIT_TEST(nothing_said_means_a_plain_connection);
    CPPUNIT_TEST(each_option_of_tls_implies_it);
    CPPUNIT_TEST(both_modes_secure_and_off_contradicts_the_options);
    CPPUNIT_TEST(paths_are_resolved_and_pins_read);
    CPPUNIT_TEST(an_authority_goes_with_no_pin);
    CPPUNIT_TEST(the_key_of_encrypted_files_secures_no_connection);
    CPPUNIT_TEST(a_server_with_a_key_lets_plain_clients_in_unless_told_otherwise);
    CPPUNIT_TEST(the_classic_wire_cannot_be_secured);
    CPPUNIT_TEST(a_server_needs_something_to_prove_itself_by);
    CPPUNIT_TEST(a_server_that_wants_certificates_has_one);
    CPPUNIT_TEST_SUITE_END();

    using Options = std::vector<std::pair<std::string, std::string>>;
    static constexpr auto kPin =
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    static Arguments arguments(const Options& options) {
        Arguments made;
        for (const auto& [name, value] : options) made.add_option(name, value);
        return made;
    }
    static std::string resolve(const std::string& typed) { return "/here/" + typed; }
    static Result<std::optional<ClientSecurity>> client(const Options& options,
                                                        Wire wire = Wire::cs1) {
        return client_security(arguments(options), wire, resolve, true);
    }
    static Result<std::optional<ServerSecurity>> server(const Options& options,
                                                        Wire wire = Wire::cs1) {
        return server_security(arguments(options), wire, resolve);
    }
    template <class T>
    static void expect_usage(const Result<T>& outcome) {
        CPPUNIT_ASSERT(!outcome.ok());
        CPPUNIT_ASSERT(outcome.error().code == ErrorCode::usage);
    }

  public:
    void nothing_said_means_a_plain_connection() {
        CPPUNIT_ASSERT(!client({}).value());
        CPPUNIT_ASSERT(!client({{"tls", "off"}}).value());
        CPPUNIT_ASSERT(!server({}).value());
        CPPUNIT_ASSERT(!server({{"tls", "off"}}).value());
    }
    void each_option_of_tls_implies_it() {
        for (const Options& options :
             {Options{{"key-file", "k"}}, Options{{"pin", kPin}}, Options{{"ca-file", "c"}},
              Options{{"cert", "c"}}, Options{{"trust-new", ""}}})
            CPPUNIT_ASSERT(client(options).value().has_value());
        CPPUNIT_ASSERT(server({{"key-file", "k"}}).value().has_value());
        CPPUNIT_ASSERT(server({{"cert", "c"}}).value().has_value());
    }
    void both_modes_secure_and_off_contradicts_the_options() {
        for (const auto* mode : {"on", "require"}) {
            CPPUNIT_ASSERT(client({{"tls", mode}}).value().has_value());
            CPPUNIT_ASSERT(server({{"tls", mode}, {"cert", "c"}}).value().has_value());
        }
        expect_usage(client({{"tls", "off"}, {"key-file", "k"}}));
        expect_usage(client({{"tls", "off"}, {"trust-new", ""}}));
        expect_usage(server({{"tls", "off"}, {"cert", "c"}}));
    }
    void paths_are_resolved_and_pins_read() {
        const auto said =
            client({{"key-file", "k"}, {"cert", "c"}, {"pin", kPin}, {"trust-new", ""}})
                .value()
                .value();
        CPPUNIT_ASSERT_EQUAL(std::string("/here/k"), said.key_file);
        CPPUNIT_ASSERT_EQUAL(std::string("/here/c"), said.certificate_file);
        CPPUNIT_ASSERT_EQUAL(std::string(kPin), said.pins.at(0).to_string());
        CPPUNIT_ASSERT(said.trust_new && said.can_ask);
        expect_usage(client({{"pin", "sha256:12"}}));
        const auto serving =
            server({{"key-file", "a"}, {"key-file", "b"}, {"cert", "c"}, {"ca-file", "d"}})
                .value()
                .value();
        CPPUNIT_ASSERT(serving.key_files == (std::vector<std::string>{"/here/a", "/here/b"}));
        CPPUNIT_ASSERT_EQUAL(std::string("/here/d"), serving.ca_file);
    }
    void an_authority_goes_with_no_pin() {
        expect_usage(client({{"ca-file", "c"}, {"pin", kPin}}));
        expect_usage(client({{"ca-file", "c"}, {"trust-new", ""}}));
        expect_usage(server({{"cert", "s"}, {"ca-file", "c"}, {"pin", kPin}}));
    }
    void the_key_of_encrypted_files_secures_no_connection() {
        const Options keyed{{"key-file", "k"}, {"encrypt", ""}};
        CPPUNIT_ASSERT(!client(keyed).value());
        CPPUNIT_ASSERT(!client({{"key-file", "k"}, {"encrypt", ""}, {"tls", "off"}}).value());
        const auto both = client({{"key-file", "k"}, {"encrypt", ""}, {"tls", "on"}}).value();
        CPPUNIT_ASSERT_EQUAL(std::string("/here/k"), both->key_file);
        CPPUNIT_ASSERT(!server({{"key-file", "k"}, {"tls", "off"}}).value());
        expect_usage(server({{"key-file", "k"}, {"cert", "c"}, {"tls", "off"}}));
    }
    void a_server_with_a_key_lets_plain_clients_in_unless_told_otherwise() {
        const auto plain = [](const Options& options) { return server(options).value()->plain; };
        CPPUNIT_ASSERT(plain({{"key-file", "k"}}) == PlainClients::let_in);
        CPPUNIT_ASSERT(plain({{"key-file", "k"}, {"cert", "c"}}) == PlainClients::let_in);
        CPPUNIT_ASSERT(plain({{"key-file", "k"}, {"tls", "on"}}) == PlainClients::turn_away);
        CPPUNIT_ASSERT(plain({{"cert", "c"}}) == PlainClients::turn_away);
    }
    void the_classic_wire_cannot_be_secured() {
        expect_usage(client({{"key-file", "k"}}, Wire::classic));
        expect_usage(client({{"tls", "on"}}, Wire::classic));
        expect_usage(server({{"cert", "c"}}, Wire::classic));
        CPPUNIT_ASSERT(!client({{"tls", "off"}}, Wire::classic).value());
    }
    void a_server_needs_something_to_prove_itself_by() {
        expect_usage(server({{"tls", "on"}}));
        expect_usage(server({{"tls", "require"}}));
    }
    void a_server_that_wants_certificates_has_one() {
        for (const Options& wanted :
             {Options{{"ca-file", "c"}}, Options{{"pin", kPin}}, Options{{"trust-new", ""}}}) {
            auto with_key = wanted;
            with_key.emplace_back("key-file", "k");
            expect_usage(server(with_key));
            with_key.emplace_back("cert", "s");
            CPPUNIT_ASSERT(server(with_key).value().has_value());
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecurityOptionsTest);
