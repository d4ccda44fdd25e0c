#include "access_fixture.h"
#include "flipping_transport.h"
#include "seal_fixture.h"
#include "security_world.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/seeded_random.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Encrypted files: whole, in parts, interrupted, tampered with, and for whom.
class SealedTransferTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SealedTransferTest);
    CPPUNIT_TEST(who_has_the_key_fetches_files_of_any_size);
    CPPUNIT_TEST(several_connections_fetch_one_file);
    CPPUNIT_TEST(a_folder_of_many_files_comes_over_one_connection);
    CPPUNIT_TEST(goes_on_after_a_cut_at_any_place);
    CPPUNIT_TEST(a_flipped_bit_leaves_no_byte_that_is_not_the_file_s);
    CPPUNIT_TEST(a_wrong_key_and_a_server_without_one_are_refused);
    CPPUNIT_TEST(a_file_that_is_missing_or_a_folder_is_told_as_ever);
    CPPUNIT_TEST(rules_decide_by_the_key_and_not_by_the_connection);
    CPPUNIT_TEST(a_secured_port_gives_plain_clients_encrypted_files_alone);
    CPPUNIT_TEST(the_server_seals_no_further_ahead_than_its_limit);
    CPPUNIT_TEST_SUITE_END();

    static std::shared_ptr<const ServerSeal> seal(Random& random) {
        SealKeyRing keys;
        keys.add(SealCrypto::key('s', "stranger"));
        keys.add(SealCrypto::key());
        return std::make_shared<const ServerSeal>(ServerSeal{std::move(keys), random});
    }
    struct World {
        explicit World(std::uint64_t seed = 1, LinkOptions link = {})
            : server_random(seed), client_random(seed + 1000), cs(seed, link) {
            cs.digests = [](DigestAlgorithm algorithm) {
                return SealCrypto::get().digests.create(algorithm);
            };
            cs.seal = seal(server_random);
            use_key('k');
        }
        void use_key(char fill) {
            cs.asker = std::make_shared<const FileAsker>(SealCrypto::key(fill), client_random);
        }
        SeededRandom server_random;
        SeededRandom client_random;
        CsWorld cs;
    };
    static std::string code(const DownloadResult& result) {
        return result.error ? std::string(error_name(result.error->code)) : "ok";
    }
    static void expect(const std::string& wanted, const DownloadResult& result) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(result.error ? describe(*result.error) : "", wanted,
                                     code(result));
    }
    static void assert_empty(CsWorld& cs) { CPPUNIT_ASSERT(cs.client_files.all_names().empty()); }

  public:
    void who_has_the_key_fetches_files_of_any_size() {
        for (const auto size : {std::size_t{0}, std::size_t{1}, kSealText - 1, kSealText,
                                kSealText + 1, std::size_t{3'300'000}}) {
            for (const bool verify : {true, false}) {
                World world;
                world.cs.server_files.write_file("a", content(size));
                world.cs.start_server();
                expect("ok", world.cs.get("a", false, verify));
                CPPUNIT_ASSERT(world.cs.client_files.read_file("a") == content(size));
                const auto& told = world.cs.log.back();
                CPPUNIT_ASSERT_EQUAL(std::string("encrypted-file"), std::string(told.service));
                CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), told.identity);
                CPPUNIT_ASSERT_EQUAL(std::uint64_t{size}, told.count);
            }
        }
    }
    void several_connections_fetch_one_file() {
        World world(3);
        world.cs.server_files.write_file("a", content(5'000'000));
        world.cs.start_server();
        world.cs.connect();
        world.cs.more_channels = {world.cs.new_channel(), world.cs.new_channel()};
        const auto result = world.cs.get("a");
        expect("ok", result);
        CPPUNIT_ASSERT(world.cs.client_files.read_file("a") == content(5'000'000));
        CPPUNIT_ASSERT(world.cs.log.size() > 3);
    }
    void a_folder_of_many_files_comes_over_one_connection() {
        World world(4);
        for (int i = 0; i < 200; ++i)
            world.cs.server_files.write_file("d/" + std::to_string(i),
                                             content(static_cast<std::size_t>(i) * 997));
        world.cs.start_server();
        expect("ok", world.cs.get("d", true));
        for (int i = 0; i < 200; ++i)
            CPPUNIT_ASSERT(world.cs.client_files.read_file(std::to_string(i)) ==
                           content(static_cast<std::size_t>(i) * 997));
    }
    void goes_on_after_a_cut_at_any_place() {
        constexpr std::size_t kSize = 3'300'000;
        for (std::uint64_t seed = 1; seed <= seeds(6); ++seed) {
            World world(seed);
            auto& cs = world.cs;
            cs.resume = true;
            cs.server_files.write_file("a", content(kSize));
            cs.start_server();
            cs.connect();
            std::optional<DownloadResult> first;
            const auto get = cs.begin_get("a", false, seed % 2 == 0, Overwrite::yes,
                                          [&](DownloadResult r) { first = std::move(r); });
            const auto enough = SeededRandom(seed).below(kSize);
            CPPUNIT_ASSERT(cs.run_until([&] { return cs.progress > enough || first; }));
            if (!first) cs.network.reset_streams("server", "client");
            CPPUNIT_ASSERT(cs.run_until([&] { return first.has_value(); }));
            cs.channel.reset();
            const auto result = cs.get("a", false, seed % 2 == 0);
            expect("ok", result);
            CPPUNIT_ASSERT(result.file.resumed + PieceMessage::kPiece > enough);
            CPPUNIT_ASSERT(cs.client_files.read_file("a") == content(kSize));
        }
    }
    void a_flipped_bit_leaves_no_byte_that_is_not_the_file_s() {
        const auto whole = content(70'000);
        const auto step = 1 + 20'000 / seeds(60);
        for (std::uint64_t place = 0; place < 71'000; place += place < 400 ? 7 : step) {
            World world(place);
            world.cs.server_files.write_file("a", whole);
            world.cs.start_server();
            FlippingTransport flipping(world.cs.client_transport, place);
            world.cs.dialling = &flipping;
            const auto result = world.cs.get("a");
            if (result.error)
                assert_empty(world.cs);
            else
                CPPUNIT_ASSERT(world.cs.client_files.read_file("a") == whole);
            if (place > 1'000 && place < 69'000) expect("integrity", result);
            world.cs.channel.reset();
        }
    }
    void a_wrong_key_and_a_server_without_one_are_refused() {
        World world;
        world.cs.server_files.write_file("a", content(100));
        world.cs.start_server();
        world.use_key('x');
        expect("security", world.cs.get("a"));
        expect("security", world.cs.get("missing"));
        world.use_key('k');
        expect("ok", world.cs.get("a"));
        World keyless;
        keyless.cs.seal.reset();
        keyless.cs.server_files.write_file("a", content(100));
        keyless.cs.start_server();
        const auto result = keyless.cs.get("a");
        expect("security", result);
        CPPUNIT_ASSERT(result.error->message.find("--key-file") != std::string::npos);
        assert_empty(keyless.cs);
    }
    void a_file_that_is_missing_or_a_folder_is_told_as_ever() {
        World world;
        world.cs.server_files.write_file("d/a", content(100));
        world.cs.start_server();
        expect("not_found", world.cs.get("b"));
        expect("ok", world.cs.get("d"));
        CPPUNIT_ASSERT(world.cs.client_files.read_file("a") == content(100));
    }
    void rules_decide_by_the_key_and_not_by_the_connection() {
        SetRules rules;
        rules.set({{"psk:laptop", "", {AccessRight::read}, {}}, {"anyone", "", {}, {}}});
        SecurityWorld world;
        SeededRandom random(1);
        world.access = AccessControl::open(ServiceRef<AccessService>(&rules, {}), "rules",
                                           world.cs.clock, [](const Error&) {})
                           .value();
        world.cs.seal = seal(random);
        world.serve({.key_files = {"key"}, .plain = PlainClients::let_in});
        world.cs.asker = std::make_shared<const FileAsker>(SealCrypto::key(), random);
        expect("ok", world.cs.get("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), world.cs.log.back().identity);
        world.cs.asker =
            std::make_shared<const FileAsker>(SealCrypto::key('s', "stranger"), random);
        expect("denied", world.cs.get("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("psk:stranger"), world.cs.log.back().identity);
        world.cs.asker.reset();
        expect("denied", world.cs.get("a"));
    }
    void a_secured_port_gives_plain_clients_encrypted_files_alone() {
        SecurityWorld world;
        SeededRandom random(1);
        world.cs.seal = seal(random);
        world.serve({.key_files = {"key"}, .plain = PlainClients::let_in},
                    {.secured_or_sealed = true});
        world.cs.asker = std::make_shared<const FileAsker>(SealCrypto::key(), random);
        expect("ok", world.cs.get("a"));
        world.cs.asker.reset();
        const auto refused = world.cs.get("a");
        expect("security", refused);
        CPPUNIT_ASSERT(refused.error->message.find("secured connections only") !=
                       std::string::npos);
        CPPUNIT_ASSERT(world.cs.list("", false).error().code == ErrorCode::security);
        CPPUNIT_ASSERT(world.get({.key_file = "key"}).ok());
        CPPUNIT_ASSERT(world.away.empty());
    }
    // A client that reads nothing more.
    void the_server_seals_no_further_ahead_than_its_limit() {
        World world;
        world.cs.server_files.write_file("a", content(8'000'000));
        world.cs.start_server();
        const auto stream = world.cs.raw_stream();
        const auto exchange =
            SealedExchange::ask(SealCrypto::key(), {"a", CheckAlgorithm::none}, {}).value();
        const auto request = make_frame(FrameType::request, ServiceId::encrypted_file, RequestId(1),
                                        exchange->request_body());
        const ByteView bytes(request);
        CPPUNIT_ASSERT(stream->write(std::span(&bytes, 1)).ok());
        CPPUNIT_ASSERT(!world.cs.run_until([] { return false; }, 10s));
        // Reads are of one chunk.
        CPPUNIT_ASSERT(world.cs.server_disk->plan().calls(StoreOperation::read) < 40);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealedTransferTest);
