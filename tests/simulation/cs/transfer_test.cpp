#include "cs_world.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Files and folders between a server and a client that both behave, over bad links too.
class TransferTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TransferTest);
    CPPUNIT_TEST(moves_files_of_all_sizes);
    CPPUNIT_TEST(moves_a_file_over_a_lossy_slow_link);
    CPPUNIT_TEST(moves_a_file_without_check);
    CPPUNIT_TEST(moves_a_folder_with_all_below_it);
    CPPUNIT_TEST(moves_five_hundred_small_files_on_one_connection);
    CPPUNIT_TEST(makes_an_empty_folder);
    CPPUNIT_TEST(finds_out_that_a_path_is_a_folder);
    CPPUNIT_TEST(lists_a_folder_and_a_file);
    CPPUNIT_TEST(lists_a_large_folder_in_steps);
    CPPUNIT_TEST(lists_links_and_does_not_follow_them);
    CPPUNIT_TEST(works_while_the_pool_is_full_at_times);
    CPPUNIT_TEST(writes_the_access_log);
    CPPUNIT_TEST(drains_before_it_stops);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(8);

    static void assert_fine(const DownloadResult& result) {
        if (result.error) CPPUNIT_FAIL(describe(*result.error));
    }

  public:
    void moves_files_of_all_sizes() {
        for (const std::size_t size : {0U, 1U, 12U, 65536U, 1048576U, 1048577U, 5000000U}) {
            CsWorld world(size + 1);
            world.server_files.write_file("sub/a.bin", content(size));
            world.start_server();
            const auto result = world.get("sub/a.bin");
            assert_fine(result);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{size}, result.bytes);
            CPPUNIT_ASSERT_EQUAL(std::size_t{4}, result.file.check.value.size());
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{size}, world.progress);
            CPPUNIT_ASSERT(content(size) == world.client_files.read_file("a.bin"));
        }
    }
    void moves_a_file_over_a_lossy_slow_link() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            LinkOptions link;
            link.delay = 20ms;
            link.jitter = 10ms;
            link.loss = 0.02;
            link.rate = BytesPerSecond(2'000'000);
            CsWorld world(seed, link);
            world.server_files.write_file("a", content(300'000));
            world.start_server();
            assert_fine(world.get("a"));
            CPPUNIT_ASSERT(content(300'000) == world.client_files.read_file("a"));
        }
    }
    void moves_a_file_without_check() {
        CsWorld world(1);
        world.server_files.write_file("a", content(3'000'000));
        world.start_server();
        const auto result = world.get("a", false, false);
        assert_fine(result);
        CPPUNIT_ASSERT(result.file.check.algorithm == CheckAlgorithm::none);
        CPPUNIT_ASSERT(content(3'000'000) == world.client_files.read_file("a"));
    }
    void moves_a_folder_with_all_below_it() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            world.server_files.write_file("top/a", "one");
            world.server_files.write_file("top/sub/b", content(100'000));
            world.server_files.write_file("top/sub/deep/c", "");
            CPPUNIT_ASSERT(world.server_files.make_folders("top/empty"));
            world.start_server();
            const auto result = world.get("top", true);
            assert_fine(result);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, result.files);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{100'003}, result.bytes);
            CPPUNIT_ASSERT_EQUAL(std::string("one"), world.client_files.read_file("a"));
            CPPUNIT_ASSERT(content(100'000) == world.client_files.read_file("sub/b"));
            CPPUNIT_ASSERT_EQUAL(std::string(), world.client_files.read_file("sub/deep/c"));
            CPPUNIT_ASSERT(world.client_files.contains("empty"));
        }
    }
    void moves_five_hundred_small_files_on_one_connection() {
        CsWorld world(7);
        for (int i = 0; i < 500; ++i)
            world.server_files.write_file("many/" + std::to_string(i),
                                          content(static_cast<std::size_t>(i) * 7));
        world.start_server();
        const auto start = world.clock.now();
        const auto result = world.get("many", true);
        assert_fine(result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{500}, result.files);
        for (int i = 0; i < 500; ++i)
            CPPUNIT_ASSERT(content(static_cast<std::size_t>(i) * 7) ==
                           world.client_files.read_file(std::to_string(i)));
        // One round trip is 2 ms: one request at a time would take a second.
        CPPUNIT_ASSERT(world.clock.now() - start < 500ms);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.server->connections());
    }
    void makes_an_empty_folder() {
        CsWorld world(1);
        CPPUNIT_ASSERT(world.server_files.make_folders("none"));
        world.start_server();
        const auto result = world.get("none", true);
        assert_fine(result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, result.files);
    }
    void finds_out_that_a_path_is_a_folder() {
        CsWorld world(1);
        world.server_files.write_file("top/a", "one");
        world.start_server();
        const auto result = world.get("top");
        assert_fine(result);
        CPPUNIT_ASSERT(result.folder);
        CPPUNIT_ASSERT_EQUAL(std::string("one"), world.client_files.read_file("a"));
    }
    void lists_a_folder_and_a_file() {
        CsWorld world(1);
        world.server_files.write_file("top/b", "four");
        world.server_files.write_file("top/a/c", "");
        world.start_server();
        const auto flat = world.list("top", false).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, flat.entries.size());
        CPPUNIT_ASSERT(flat.entries[0].name == "a" && flat.entries[0].type == EntryType::folder);
        CPPUNIT_ASSERT(flat.entries[1].name == "b" && flat.entries[1].size == 4);
        const auto all = world.list("top", true).value();
        CPPUNIT_ASSERT_EQUAL(std::string("a/c"), all.entries.at(1).name);
        const auto one = world.list("top/b", false).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, one.entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string("b"), one.entries[0].name);
    }
    void lists_a_large_folder_in_steps() {
        CsWorld world(1);
        for (int i = 0; i < 10'000; ++i)
            world.server_files.write_file("f" + std::to_string(i) + std::string(100, 'x'), "");
        world.start_server();
        CPPUNIT_ASSERT_EQUAL(std::size_t{10'000}, world.list("", false)->entries.size());
    }
    void lists_links_and_does_not_follow_them() {
        CsWorld world(1);
        world.server_files.write_file("top/a", "one");
        world.server_files.plant_link("top/out", "/etc/passwd");
        world.start_server();
        const auto result = world.get("top", true);
        assert_fine(result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, result.skipped);
        CPPUNIT_ASSERT(!world.client_files.contains("out"));
        CPPUNIT_ASSERT(world.get("top/out").error->code == ErrorCode::denied);
        CPPUNIT_ASSERT(world.list("top/out", false).error().code == ErrorCode::denied);
    }
    void works_while_the_pool_is_full_at_times() {
        CsWorld world(1);
        world.server_files.write_file("a", content(200'000));
        world.start_server();
        world.connect();
        world.server_pool.full = world.client_pool.full = true;
        const auto timer = world.client_loop.make_timer([&] { world.client_pool.full = false; });
        const auto later = world.client_loop.make_timer([&] { world.server_pool.full = false; });
        timer->arm(world.clock.now() + 1s);
        later->arm(world.clock.now() + 2s);
        assert_fine(world.get("a"));
        CPPUNIT_ASSERT(world.client_pool.refused > 0);
        CPPUNIT_ASSERT(world.server_pool.refused > 0);
        CPPUNIT_ASSERT(content(200'000) == world.client_files.read_file("a"));
    }
    void writes_the_access_log() {
        CsWorld world(1);
        world.server_files.write_file("a", content(1000));
        world.start_server();
        assert_fine(world.get("a"));
        CPPUNIT_ASSERT(world.get("b").error);
        world.channel.reset();
        CPPUNIT_ASSERT(world.run_until([&] { return world.log.size() == 2; }));
        CPPUNIT_ASSERT(world.log[0].path == "a" && world.log[0].count == 1000);
        CPPUNIT_ASSERT(!world.log[0].error && world.log[0].service == "file");
        CPPUNIT_ASSERT(world.log[1].error->code == ErrorCode::not_found);
    }
    void drains_before_it_stops() {
        CsWorld world(3);
        world.server_files.write_file("a", content(2'000'000));
        world.start_server();
        world.connect();
        std::optional<DownloadResult> result;
        world.begin_get("a", false, true, Overwrite::yes,
                        [&](DownloadResult r) { result = std::move(r); });
        CPPUNIT_ASSERT(world.run_until([&] { return world.progress > 0; }));
        world.stop_server();
        CPPUNIT_ASSERT(world.run_until([&] { return result.has_value(); }));
        assert_fine(*result);
        CPPUNIT_ASSERT(content(2'000'000) == world.client_files.read_file("a"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world.network.open_objects(world.server_loop).total());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TransferTest);
