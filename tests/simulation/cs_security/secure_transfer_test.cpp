#include "security_world.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Who gets a file over TLS, and what those are told who do not.
class SecureTransferTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecureTransferTest);
    CPPUNIT_TEST(a_pinned_server_serves);
    CPPUNIT_TEST(a_shared_key_serves_without_a_certificate);
    CPPUNIT_TEST(an_authority_vouches_for_the_server);
    CPPUNIT_TEST(a_new_server_is_trusted_when_told_to_and_known_from_then_on);
    CPPUNIT_TEST(an_unknown_server_is_refused_with_what_to_do);
    CPPUNIT_TEST(a_person_decides_about_an_unknown_server);
    CPPUNIT_TEST(a_changed_certificate_is_refused_whatever_is_said);
    CPPUNIT_TEST(an_expired_or_early_certificate_is_refused_and_not_remembered);
    CPPUNIT_TEST(a_wrong_pin_is_refused);
    CPPUNIT_TEST(a_wrong_key_is_refused_at_once);
    CPPUNIT_TEST(a_key_does_not_make_a_certificate_trusted);
    CPPUNIT_TEST(a_client_must_show_the_certificate_that_the_server_wants);
    CPPUNIT_TEST(a_server_knows_its_clients_by_key_or_certificate);
    CPPUNIT_TEST(files_that_are_missing_are_told_before_anything_is_sent);
    CPPUNIT_TEST(serves_over_a_lossy_slow_link);
    CPPUNIT_TEST_SUITE_END();

    static void refused(const Result<void>& outcome, const std::vector<std::string>& words) {
        CPPUNIT_ASSERT(!outcome.ok());
        const auto told = describe(outcome.error());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(told, std::string("security"),
                                     std::string(error_name(outcome.error().code)));
        for (const auto& word : words)
            CPPUNIT_ASSERT_MESSAGE(word + " in: " + told, told.find(word) != std::string::npos);
    }
    static void succeeded(const Result<void>& outcome) {
        CPPUNIT_ASSERT_MESSAGE(outcome ? "" : describe(outcome.error()), outcome.ok());
    }
    static const crypto::TestCertificates& made() { return crypto::TestCertificates::get(); }
    static Fingerprint server_print() { return SecurityWorld::print(made().server); }

  public:
    void a_pinned_server_serves() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        succeeded(world.get({.pins = {server_print()}}));
        CPPUNIT_ASSERT(world.trust.known.all().empty());
    }
    void a_shared_key_serves_without_a_certificate() {
        SecurityWorld world;
        world.serve({.key_files = {"stranger", "key"}});
        succeeded(world.get({.key_file = "key"}));
        world.cs.channel.reset();
    }
    void an_authority_vouches_for_the_server() {
        SecurityWorld world;
        world.serve({.certificate_file = "issued"});
        CPPUNIT_ASSERT_EQUAL(std::string("10.0.0.1"), world.host().host);
        succeeded(world.get({.ca_file = "ca"}));
        SecurityWorld elsewhere;
        elsewhere.serve({.certificate_file = "alice"});
        refused(elsewhere.get({.ca_file = "ca"}), {"for another host"});
        SecurityWorld strange;
        strange.serve({.certificate_file = "server"});
        refused(strange.get({.ca_file = "ca"}), {"not trusted"});
    }
    void a_new_server_is_trusted_when_told_to_and_known_from_then_on() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        succeeded(world.get({.trust_new = true}));
        CPPUNIT_ASSERT(world.trust.known.find(world.host()) == std::vector{server_print()});
        succeeded(world.get({}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.trust.known.all().size());
    }
    void an_unknown_server_is_refused_with_what_to_do() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        refused(world.get({.can_ask = true}),
                {"not known yet", server_print().to_string(), "--pin", "--trust-new"});
        CPPUNIT_ASSERT(world.cs.log.empty() && world.trust.known.all().empty());
    }
    void a_person_decides_about_an_unknown_server() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        world.person.answer = false;
        refused(world.get({.can_ask = true}), {"was not trusted"});
        CPPUNIT_ASSERT(world.person.asked.find(server_print().to_string()) != std::string::npos);
        world.person.asked.clear();
        refused(world.get({.can_ask = false}), {"--trust-new"});
        CPPUNIT_ASSERT_EQUAL(std::string(), world.person.asked);
        world.person.answer = true;
        succeeded(world.get({.can_ask = true}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.trust.known.all().size());
    }
    void a_changed_certificate_is_refused_whatever_is_said() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        CPPUNIT_ASSERT(world.trust.known.add(world.host(), SecurityWorld::print(made().other)));
        world.person.answer = true;
        for (const bool trust_new : {false, true})
            refused(world.get({.trust_new = trust_new, .can_ask = true}),
                    {"HAS CHANGED", server_print().to_string()});
        CPPUNIT_ASSERT_EQUAL(std::string(), world.person.asked);
        // A pin says more than the file.
        succeeded(world.get({.pins = {server_print()}}));
    }
    void an_expired_or_early_certificate_is_refused_and_not_remembered() {
        for (const auto& [name, words] : std::map<std::string, std::string>{
                 {"expired", "expired"}, {"early", "not valid before"}}) {
            SecurityWorld world;
            world.serve({.certificate_file = name});
            const auto print = SecurityWorld::print(*world.tls.certificates[name]);
            refused(world.get({.pins = {print}}), {words});
            refused(world.get({.trust_new = true}), {words});
            CPPUNIT_ASSERT(world.trust.known.all().empty());
            CPPUNIT_ASSERT(world.trust.known.add(world.host(), print));
            refused(world.get({}), {words});
        }
    }
    void a_wrong_pin_is_refused() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        CPPUNIT_ASSERT(world.trust.known.add(world.host(), server_print()));
        refused(world.get({.pins = {SecurityWorld::print(made().other)}, .trust_new = true}),
                {"not the one of --pin", server_print().to_string()});
    }
    void a_wrong_key_is_refused_at_once() {
        for (const auto* name : {"same name", "stranger"}) {
            SecurityWorld world;
            world.serve({.key_files = {"key"}});
            const auto before = world.cs.clock.now();
            refused(world.get({.key_file = name}), {"key"});
            CPPUNIT_ASSERT(world.cs.run_until([&] { return world.away.size() == 1; }));
            CPPUNIT_ASSERT(world.cs.clock.now() - before < 5s);
        }
    }
    void a_key_does_not_make_a_certificate_trusted() {
        SecurityWorld world;
        world.serve({.key_files = {"stranger"}, .certificate_file = "server"});
        CPPUNIT_ASSERT(world.trust.known.add(world.host(), server_print()));
        refused(world.get({.key_file = "key"}), {"does not have the key"});
        // With a pin, either will do.
        succeeded(world.get({.key_file = "key", .pins = {server_print()}}));
    }
    void a_client_must_show_the_certificate_that_the_server_wants() {
        SecurityWorld world;
        world.serve({.certificate_file = "server", .ca_file = "ca"});
        refused(world.get({.pins = {server_print()}}), {"certificate"});
        refused(world.get({.certificate_file = "other", .pins = {server_print()}}),
                {"does not trust our certificate"});
        succeeded(world.get({.certificate_file = "alice", .pins = {server_print()}}));
        SecurityWorld pinned;
        pinned.serve({.certificate_file = "server", .pins = {SecurityWorld::print(made().other)}});
        succeeded(pinned.get({.certificate_file = "other", .pins = {server_print()}}));
        refused(pinned.get({.certificate_file = "alice", .pins = {server_print()}}), {});
    }
    void a_server_knows_its_clients_by_key_or_certificate() {
        std::vector<std::string> identities;
        const auto note = [&](std::unique_ptr<Stream> stream) {
            identities.push_back(stream->security().peer_identity);
        };
        SecurityWorld world;
        const ServerSecurity said{
            .key_files = {"key"}, .certificate_file = "server", .ask_clients = true};
        SecureGate gate(world.cs.server_transport, load_server_security(world.tls, said).value(),
                        world.clock, [](const Endpoint&, const Error&) {});
        auto listener =
            gate.listen(world.cs.server_loop, {world.cs.network.address("server"), 0}, {}, note)
                .value();
        world.cs.address = listener->local();
        for (ClientSecurity client :
             {ClientSecurity{.key_file = "key"}, ClientSecurity{.pins = {server_print()}},
              ClientSecurity{.certificate_file = "alice", .pins = {server_print()}}}) {
            const auto before = identities.size();
            succeeded(world.connect(std::move(client)));
            CPPUNIT_ASSERT(world.cs.run_until([&] { return identities.size() > before; }));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), identities[0]);
        CPPUNIT_ASSERT_EQUAL(std::string(), identities[1]);
        CPPUNIT_ASSERT_EQUAL(SecurityWorld::print(made().alice).to_string(), identities[2]);
        world.cs.channel.reset();
    }
    void files_that_are_missing_are_told_before_anything_is_sent() {
        SecurityWorld world;
        world.serve({.key_files = {"key"}});
        const auto outcome = world.get({.key_file = "none"});
        CPPUNIT_ASSERT(outcome.error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT_EQUAL(std::string("none"), outcome.error().context);
        CPPUNIT_ASSERT(world.away.empty());
        // A key is read once, whatever is connected with it.
        const int before = world.tls.loaded;
        succeeded(world.get({.key_file = "key"}));
        CPPUNIT_ASSERT_EQUAL(before + 1, world.tls.loaded);
    }
    void serves_over_a_lossy_slow_link() {
        for (std::uint64_t seed = 1; seed <= seeds(6); ++seed) {
            SecurityWorld world(
                seed,
                {.delay = 20ms, .jitter = 10ms, .loss = 0.02, .rate = BytesPerSecond(2'000'000)});
            world.serve({.certificate_file = "server"});
            succeeded(world.get({.trust_new = true}));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecureTransferTest);
