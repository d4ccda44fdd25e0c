#include "access_fixture.h"
#include "security_world.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/uploader.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// What each client may do, by the identity that its handshake proved.
class AccessTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessTest);
    CPPUNIT_TEST(rules_decide_by_the_identity_of_the_key);
    CPPUNIT_TEST(changed_rules_hold_for_those_who_are_connected);
    CPPUNIT_TEST(a_quota_ends_an_upload_and_leaves_nothing);
    CPPUNIT_TEST(the_log_tells_the_identity_also_without_rules);
    CPPUNIT_TEST(a_plain_client_is_anyone);
    CPPUNIT_TEST(a_client_that_goes_in_the_midst_leaves_nothing_behind);
    CPPUNIT_TEST_SUITE_END();

    using enum AccessRight;

    struct World : SecurityWorld {
        explicit World(std::vector<AccessRule> said) {
            rules.set(std::move(said));
            access = AccessControl::open(ServiceRef<AccessService>(&rules, {}), "rules", cs.clock,
                                         [](const Error&) {})
                         .value();
            cs.server_files.write_file("pub/b", "public");
        }
        std::string get_code(const std::string& path) {
            const auto result = cs.get(path);
            return result.error ? std::string(error_name(result.error->code)) : "ok";
        }
        std::string put_code(std::size_t size) {
            cs.client_files.write_file("up", content(size));
            std::optional<UploadSummary> summary;
            auto uploader = std::make_shared<Uploader>(
                FetchParts{cs.client_loop, *cs.runner, cs.job, cs.channel},
                UploadOptions{Overwrite::yes}, [](std::uint64_t) {}, [](std::uint64_t) {},
                [&](UploadSummary s) { summary = std::move(s); });
            std::shared_ptr<FileStore> store = cs.client_disk()("", false).value();
            uploader->start({{store, "up", "box/up", "box/up"}});
            CPPUNIT_ASSERT(cs.run_until([&] { return summary.has_value(); }));
            if (summary->failures.empty()) return "ok";
            return std::string(error_name(summary->failures.front().error.code));
        }
        SetRules rules;
    };
    static void ok(const Result<void>& outcome) {
        CPPUNIT_ASSERT_MESSAGE(outcome ? "" : describe(outcome.error()), outcome.ok());
    }

  public:
    void rules_decide_by_the_identity_of_the_key() {
        World world({{"psk:laptop", "", {read, list}, {}}, {"anyone", "pub", {read}, {}}});
        world.serve({.key_files = {"key", "stranger"}}, {.writable = true});
        ok(world.get({.key_file = "key"}));
        CPPUNIT_ASSERT(world.cs.list("", true));
        CPPUNIT_ASSERT_EQUAL(std::string("denied"), world.put_code(10));
        ok(world.connect({.key_file = "stranger"}));
        CPPUNIT_ASSERT_EQUAL(std::string("denied"), world.get_code("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), world.get_code("pub/b"));
        CPPUNIT_ASSERT(!world.cs.list("", false));
        CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), world.cs.log.front().identity);
        CPPUNIT_ASSERT_EQUAL(std::string("psk:stranger"), world.cs.log.back().identity);
    }
    void changed_rules_hold_for_those_who_are_connected() {
        World world({{"psk:laptop", "", {read}, {}}});
        world.serve({.key_files = {"key"}});
        ok(world.get({.key_file = "key"}));
        world.rules.set({{"psk:laptop", "", {list}, {}}});
        CPPUNIT_ASSERT_EQUAL(std::string("denied"), world.get_code("a"));
        CPPUNIT_ASSERT(world.cs.list("", false));
    }
    void a_quota_ends_an_upload_and_leaves_nothing() {
        World world({{"psk:laptop", "box", {read, AccessRight::write}, ByteCount(3'000'000)}});
        world.serve({.key_files = {"key"}}, {.writable = true});
        ok(world.connect({.key_file = "key"}));
        CPPUNIT_ASSERT_EQUAL(std::string("no_space"), world.put_code(3'000'001));
        CPPUNIT_ASSERT(!world.cs.server_files.contains("box/up"));
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), world.put_code(3'000'000));
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), world.put_code(2'000'000));
        CPPUNIT_ASSERT(world.cs.server_files.read_file("box/up") == content(2'000'000));
    }
    void the_log_tells_the_identity_also_without_rules() {
        SecurityWorld world;
        world.serve({.key_files = {"key"}});
        ok(world.get({.key_file = "key"}));
        CPPUNIT_ASSERT_EQUAL(std::string("psk:laptop"), world.cs.log.back().identity);
    }
    void a_plain_client_is_anyone() {
        World world({{"known", "", {read}, {}}, {"anyone", "pub", {read}, {}}});
        world.serve({.certificate_file = "server"});
        ok(world.connect({.trust_new = true}));
        CPPUNIT_ASSERT_EQUAL(std::string("denied"), world.get_code("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("ok"), world.get_code("pub/b"));
        CPPUNIT_ASSERT_EQUAL(std::string(), world.cs.log.back().identity);
    }
    void a_client_that_goes_in_the_midst_leaves_nothing_behind() {
        for (std::uint64_t seed = 1; seed <= seeds(10); ++seed) {
            World world({{"psk:laptop", "", {read, list, AccessRight::write}, ByteCount(1 << 30)}});
            world.cs.server_files.write_file("large", content(3'000'000));
            world.serve({.key_files = {"key"}}, {.writable = true});
            ok(world.connect({.key_file = "key"}));
            bool over = false;
            auto get = world.cs.begin_get("large", false, true, Overwrite::yes,
                                          [&](DownloadResult) { over = true; });
            (void)world.cs.run_until([] { return false; }, seed * 3ms);
            world.cs.network.reset_streams("server", "client");
            CPPUNIT_ASSERT(world.cs.run_until([&] { return over; }));
            CPPUNIT_ASSERT(world.cs.run_until([&] { return world.cs.server->connections() == 0; }));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessTest);
