#include "cs_world.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/uploader.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Files on their way from a client's disk to the server's, over good links and bad.
class PutTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PutTest);
    CPPUNIT_TEST(sends_files_of_all_sizes);
    CPPUNIT_TEST(sends_files_over_a_lossy_slow_link);
    CPPUNIT_TEST(sends_several_large_files_at_once);
    CPPUNIT_TEST(small_files_do_not_cost_a_round_trip_each);
    CPPUNIT_TEST(a_connection_that_is_reset_leaves_nothing);
    CPPUNIT_TEST(a_cable_that_is_cut_leaves_nothing);
    CPPUNIT_TEST(a_server_disk_that_fills_up_ends_the_whole_upload);
    CPPUNIT_TEST(a_source_that_shrinks_is_never_stored);
    CPPUNIT_TEST(an_upload_and_a_download_share_a_connection);
    CPPUNIT_TEST(cancelling_leaves_nothing_and_a_good_connection);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(8);

    struct Put {
        std::shared_ptr<Uploader> uploader;
        std::optional<UploadSummary> summary;
        std::uint64_t sent = 0;
    };
    // Sends what the client's disk holds under these names.
    static void begin(CsWorld& world, Put& put, const std::vector<std::string>& names) {
        if (!world.channel) world.connect();
        put.uploader = std::make_shared<Uploader>(
            FetchParts{world.client_loop, *world.runner, world.job, world.channel},
            UploadOptions{Overwrite::no}, [](std::uint64_t) {},
            [&put](std::uint64_t more) { put.sent += more; },
            [&put](UploadSummary summary) { put.summary = std::move(summary); });
        std::shared_ptr<FileStore> store = world.client_disk()("", false).value();
        std::vector<UploadItem> items;
        for (const auto& name : names) items.push_back({store, name, name, name});
        put.uploader->start(std::move(items));
    }
    static UploadSummary finish(CsWorld& world, Put& put) {
        CPPUNIT_ASSERT(world.run_until([&] { return put.summary.has_value(); }));
        return std::move(*put.summary);
    }
    static void begin_large(CsWorld& world, Put& put) {
        world.client_files.write_file("a", content(3'000'000));
        world.start_server({.writable = true});
        begin(world, put, {"a"});
        CPPUNIT_ASSERT(world.run_until([&] { return put.sent > 0; }));
    }
    static void expect_nothing(ErrorCode code, CsWorld& world, Put& put) {
        const auto summary = finish(world, put);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, summary.files);
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(summary.failures.front().error.code)));
        CPPUNIT_ASSERT(world.run_until([&] { return world.server_files.used() == 0; }));
        CPPUNIT_ASSERT(world.server_files.all_names().empty());
    }

  public:
    void sends_files_of_all_sizes() {
        for (const std::size_t size : {0U, 1U, 262'143U, 262'144U, 262'145U, 5'000'000U}) {
            CsWorld world(size + 1);
            world.client_files.write_file("sub/a", content(size));
            world.start_server({.writable = true});
            Put put;
            begin(world, put, {"sub/a"});
            const auto summary = finish(world, put);
            CPPUNIT_ASSERT(!summary.fatal && summary.files == 1 && summary.bytes == size);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{size}, put.sent);
            CPPUNIT_ASSERT(content(size) == world.server_files.read_file("sub/a"));
        }
    }
    void sends_files_over_a_lossy_slow_link() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(
                seed,
                {.delay = 20ms, .jitter = 10ms, .loss = 0.02, .rate = BytesPerSecond(2'000'000)});
            std::vector<std::string> names;
            for (std::size_t i = 0; i < 30; ++i) {
                names.push_back("f" + std::to_string(i));
                world.client_files.write_file(names.back(), content(i * 1000));
            }
            world.start_server({.writable = true});
            Put put;
            begin(world, put, names);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{30}, finish(world, put).files);
            for (std::size_t i = 0; i < 30; ++i)
                CPPUNIT_ASSERT(content(i * 1000) == world.server_files.read_file(names[i]));
        }
    }
    void sends_several_large_files_at_once() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            std::vector<std::string> names;
            for (int i = 0; i < 8; ++i) {
                names.push_back("f" + std::to_string(i));
                world.client_files.write_file(names.back(), std::string(700'000, 'x'));
            }
            world.start_server({.writable = true});
            Put put;
            begin(world, put, names);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{8}, finish(world, put).files);
            for (const auto& name : names)
                CPPUNIT_ASSERT_EQUAL(std::size_t{700'000},
                                     world.server_files.read_file(name).size());
        }
    }
    void small_files_do_not_cost_a_round_trip_each() {
        CsWorld world(1, {.delay = 100ms});
        std::vector<std::string> names;
        for (std::size_t i = 0; i < 320; ++i) {
            names.push_back("f" + std::to_string(i));
            world.client_files.write_file(names.back(), content(1000));
        }
        world.start_server({.writable = true});
        world.connect();
        const auto start = world.clock.now();
        Put put;
        begin(world, put, names);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{320}, finish(world, put).files);
        const auto round_trips = (world.clock.now() - start) / 200ms;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(round_trips), round_trips <= 16);
    }
    void a_connection_that_is_reset_leaves_nothing() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            Put put;
            begin_large(world, put);
            world.network.reset_streams("server", "client");
            expect_nothing(ErrorCode::network, world, put);
        }
    }
    void a_cable_that_is_cut_leaves_nothing() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            Put put;
            begin_large(world, put);
            world.network.cut("server", "client");
            expect_nothing(ErrorCode::timeout, world, put);
            CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
        }
    }
    void a_server_disk_that_fills_up_ends_the_whole_upload() {
        CsWorld world(1);
        std::vector<std::string> names;
        for (std::size_t i = 0; i < 100; ++i) {
            names.push_back("f" + std::to_string(i));
            world.client_files.write_file(names.back(), content(1000));
        }
        world.start_server({.writable = true});
        world.server_disk->plan().fill_disk_after(50'500);
        Put put;
        begin(world, put, names);
        const auto summary = finish(world, put);
        CPPUNIT_ASSERT(summary.fatal && summary.fatal->code == ErrorCode::no_space);
        CPPUNIT_ASSERT(world.run_until([&] { return world.server_files.used() % 1000 == 0; }));
        for (const auto& name : world.server_files.all_names())  // whole ones only
            CPPUNIT_ASSERT(content(1000) == world.server_files.read_file(name));
    }
    void a_source_that_shrinks_is_never_stored() {
        CsWorld world(1);
        world.client_files.write_file("a", content(3'000'000));
        world.client_store = [&world] {
            auto store = std::make_unique<FailingStore>(world.client_files.store_at(""));
            store->plan().end_reads_at(1'000'000);
            return store;
        };
        world.start_server({.writable = true});
        Put put;
        begin(world, put, {"a"});
        expect_nothing(ErrorCode::source_changed, world, put);
        CPPUNIT_ASSERT(world.list("", false));  // the connection is still good
    }
    void an_upload_and_a_download_share_a_connection() {
        CsWorld world(1);
        world.server_files.write_file("down", content(1'000'000, 2));
        world.client_files.write_file("up", content(1'000'000));
        world.start_server({.writable = true});
        Put put;
        begin(world, put, {"up"});
        CPPUNIT_ASSERT(!world.get("down").error);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, finish(world, put).files);
        CPPUNIT_ASSERT(content(1'000'000) == world.server_files.read_file("up"));
        CPPUNIT_ASSERT(content(1'000'000, 2) == world.client_files.read_file("down"));
    }
    void cancelling_leaves_nothing_and_a_good_connection() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            Put put;
            begin_large(world, put);
            put.uploader->cancel(make_error(ErrorCode::cancelled, "test", "cancelled"));
            expect_nothing(ErrorCode::cancelled, world, put);
            Put again;
            begin(world, again, {"a"});
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, finish(world, again).files);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PutTest);
