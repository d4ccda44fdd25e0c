#include "cs_world.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/limits.h>
#include <cs/net/uploader.h>

#include <algorithm>
#include <array>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Many answers at once on one connection, slow readers and slow disks at either end.
class StreamsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamsTest);
    CPPUNIT_TEST(everything_at_once_over_bad_links);
    CPPUNIT_TEST(an_echo_does_not_wait_behind_files);
    CPPUNIT_TEST(a_small_file_does_not_wait_behind_a_large_one);
    CPPUNIT_TEST(a_long_slow_link_is_filled);
    CPPUNIT_TEST(a_client_disk_that_stands_still_stops_the_server_and_not_the_echo);
    CPPUNIT_TEST(a_server_disk_that_stands_still_stops_the_client_and_not_the_echo);
    CPPUNIT_TEST(cancelling_one_leaves_the_others);
    CPPUNIT_TEST(many_large_puts_do_not_starve_each_other);
    CPPUNIT_TEST(cut_at_any_moment_nothing_is_left);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(4);

    class EchoTimer : public AnswerHandler {
      public:
        explicit EchoTimer(CsWorld& world) : world_(world), start_(world.clock.now()) {}
        void answered(Bytes) override { took = world_.clock.now() - start_; }
        void failed(Error, ErrorDetail) override { lost = true; }
        std::optional<Duration> took;
        bool lost = false;

      private:
        CsWorld& world_;
        TimePoint start_;
    };
    static std::shared_ptr<EchoTimer> echo(CsWorld& world) {
        auto timer = std::make_shared<EchoTimer>(world);
        world.channel->ask(Bytes(10), timer);
        return timer;
    }
    static Duration echo_time(CsWorld& world) {
        const auto timer = echo(world);
        CPPUNIT_ASSERT(world.run_until([&] { return timer->took || timer->lost; }));
        CPPUNIT_ASSERT(timer->took);
        return *timer->took;
    }
    struct Get {
        std::shared_ptr<UrlDownload> download;
        std::optional<DownloadResult> result;
    };
    static void begin(CsWorld& world, Get& get, const std::string& name) {
        get.download = world.begin_get(name, false, true, Overwrite::yes,
                                       [&get](DownloadResult r) { get.result = std::move(r); });
    }
    struct Put {
        std::shared_ptr<Uploader> uploader;
        std::optional<UploadSummary> summary;
    };
    static void begin(CsWorld& world, Put& put, const std::vector<std::string>& names) {
        put.uploader = std::make_shared<Uploader>(
            FetchParts{world.client_loop, *world.runner, world.job, world.channel},
            UploadOptions{Overwrite::yes}, [](std::uint64_t) {}, [](std::uint64_t) {},
            [&put](UploadSummary summary) { put.summary = std::move(summary); });
        std::shared_ptr<FileStore> store = world.client_disk()("", false).value();
        std::vector<UploadItem> items;
        for (const auto& name : names) items.push_back({store, name, name, name});
        put.uploader->start(std::move(items));
    }
    // Counts what goes one way from now on.
    static std::shared_ptr<std::uint64_t> count_bytes(CsWorld& world, const char* from) {
        auto sum = std::make_shared<std::uint64_t>(0);
        world.network.set_filter(
            [sum, address = world.network.address(from)](const TraceEvent& packet) {
                if (packet.from.address == address) *sum += packet.bytes;
                return true;
            });
        return sum;
    }

  public:
    void everything_at_once_over_bad_links() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(
                seed,
                {.delay = 5ms, .jitter = 5ms, .loss = 0.005, .rate = BytesPerSecond(20'000'000)});
            std::array<Get, 10> gets;
            for (std::size_t i = 0; i < gets.size(); ++i)
                world.server_files.write_file("d" + std::to_string(i), content(i * 17'001));
            for (std::size_t i = 0; i < 300; ++i)
                world.server_files.write_file("many/" + std::to_string(i), "");
            std::vector<std::string> names;
            for (std::size_t i = 0; i < 10; ++i) {
                names.push_back("u" + std::to_string(i));
                world.client_files.write_file(names.back(), content(i * 13'001, 2));
            }
            world.start_server({.writable = true});
            world.connect();
            Put put;
            begin(world, put, names);
            for (std::size_t i = 0; i < gets.size(); ++i)
                begin(world, gets[i], "d" + std::to_string(i));
            CPPUNIT_ASSERT_EQUAL(std::size_t{300}, world.list("many", false)->entries.size());
            (void)echo_time(world);
            CPPUNIT_ASSERT(world.run_until([&] { return put.summary.has_value(); }));
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, put.summary->files);
            for (std::size_t i = 0; i < gets.size(); ++i) {
                CPPUNIT_ASSERT(world.run_until([&] { return gets[i].result.has_value(); }));
                CPPUNIT_ASSERT(!gets[i].result->error);
                CPPUNIT_ASSERT(content(i * 17'001) ==
                               world.client_files.read_file("d" + std::to_string(i)));
                CPPUNIT_ASSERT(content(i * 13'001, 2) == world.server_files.read_file(names[i]));
            }
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.server->connections());
        }
    }
    void an_echo_does_not_wait_behind_files() {
        std::array<Get, 8> gets;  // outlive the world, which ends what is still on its way
        CsWorld world(1, {.delay = 10ms, .rate = BytesPerSecond(1'000'000)});
        for (std::size_t i = 0; i < gets.size(); ++i)
            world.server_files.write_file(std::to_string(i), content(2'000'000));
        world.start_server();
        world.connect();
        for (std::size_t i = 0; i < gets.size(); ++i) begin(world, gets[i], std::to_string(i));
        world.clock.run_for(1s);
        for (int i = 0; i < 20; ++i) {
            CPPUNIT_ASSERT(echo_time(world) < 500ms);  // what the network holds already
            world.clock.run_for(100ms);
        }
        CPPUNIT_ASSERT(!gets[0].result);
    }
    void a_small_file_does_not_wait_behind_a_large_one() {
        Get large;  // outlives the world, which ends what is still on its way
        CsWorld world(1, {.delay = 10ms, .rate = BytesPerSecond(1'000'000)});
        world.server_files.write_file("large", content(6'000'000));
        world.server_files.write_file("small", content(1000));
        world.start_server();
        world.connect();
        begin(world, large, "large");
        world.clock.run_for(1s);
        const auto start = world.clock.now();
        CPPUNIT_ASSERT(!world.get("small").error);
        CPPUNIT_ASSERT(world.clock.now() - start < 5s);  // a frame that has begun ends first
        CPPUNIT_ASSERT(!large.result);
    }
    // 8 MB/s and 1 s hold 8 MB, more than the first windows: those of a request alone would take
    // 11.5 s.
    void a_long_slow_link_is_filled() {
        CsWorld world(1, {.delay = 500ms, .rate = BytesPerSecond(8'000'000)}, 16 << 20U);
        world.server_files.write_file("a", content(40'000'000));
        world.start_server();
        world.connect();
        const auto start = world.clock.now();
        CPPUNIT_ASSERT(!world.get("a").error);
        const auto took = to_seconds(world.clock.now() - start);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(took), took < 9.5);
    }
    void a_client_disk_that_stands_still_stops_the_server_and_not_the_echo() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            std::array<Get, 4> gets;
            for (std::size_t i = 0; i < gets.size(); ++i)
                world.server_files.write_file(std::to_string(i), content(2'500'000));
            world.start_server();
            world.connect();
            const auto sent = count_bytes(world, "server");
            for (std::size_t i = 0; i < gets.size(); ++i) begin(world, gets[i], std::to_string(i));
            CPPUNIT_ASSERT(world.run_until([&] { return *sent > 100'000; }));
            world.client_pool.full = true;
            *sent = 0;
            world.clock.run_for(10s);
            CPPUNIT_ASSERT(*sent > limits::kClientWindow.first / 2);
            CPPUNIT_ASSERT(*sent < limits::kClientWindow.first + 1'000'000);
            CPPUNIT_ASSERT(echo_time(world) < 50ms);
            world.client_pool.full = false;
            for (std::size_t i = 0; i < gets.size(); ++i) {
                CPPUNIT_ASSERT(world.run_until([&] { return gets[i].result.has_value(); }));
                CPPUNIT_ASSERT(!gets[i].result->error);
                CPPUNIT_ASSERT(content(2'500'000) ==
                               world.client_files.read_file(std::to_string(i)));
            }
        }
    }
    void a_server_disk_that_stands_still_stops_the_client_and_not_the_echo() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            std::vector<std::string> names;
            for (int i = 0; i < 4; ++i) {
                names.push_back(std::to_string(i));
                world.client_files.write_file(names.back(), content(3'000'000));
            }
            world.start_server({.writable = true});
            world.connect();
            (void)echo_time(world);
            const auto sent = count_bytes(world, "client");
            Put put;
            begin(world, put, names);
            CPPUNIT_ASSERT(world.run_until([&] { return *sent > 500'000; }));
            world.server_pool.full = true;
            *sent = 0;
            world.clock.run_for(10s);
            CPPUNIT_ASSERT(*sent < limits::kServerWindow.largest + 1'000'000);
            CPPUNIT_ASSERT(echo_time(world) < 50ms);
            world.server_pool.full = false;
            CPPUNIT_ASSERT(world.run_until([&] { return put.summary.has_value(); }));
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, put.summary->files);
        }
    }
    void cancelling_one_leaves_the_others() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed, {.rate = BytesPerSecond(10'000'000)});
            world.server_files.write_file("a", content(4'500'000));
            world.server_files.write_file("b", content(1'500'000));
            world.start_server();
            world.connect();
            Get a;
            Get b;
            begin(world, a, "a");
            begin(world, b, "b");
            world.clock.run_for(std::chrono::milliseconds(15 + 15 * (seed % 7)));
            a.download->cancel();
            const auto sent = count_bytes(world, "server");
            CPPUNIT_ASSERT(
                world.run_until([&] { return a.result.has_value() && b.result.has_value(); }));
            CPPUNIT_ASSERT(!b.result->error && a.result->error->code == ErrorCode::cancelled);
            CPPUNIT_ASSERT(content(1'500'000) == world.client_files.read_file("b"));
            CPPUNIT_ASSERT(*sent < 3'500'000);  // and not the rest of the other one
            CPPUNIT_ASSERT(world.log.at(0).error->code == ErrorCode::cancelled);
        }
    }
    void many_large_puts_do_not_starve_each_other() {
        CsWorld world(1);
        std::vector<std::string> names;
        for (int i = 0; i < 12; ++i) {
            names.push_back(std::to_string(i));
            world.client_files.write_file(names.back(), content(1'500'000));
        }
        ServerOptions options{.writable = true};
        options.max_open_files = 3;
        world.start_server(options);
        world.connect();
        Put put;
        begin(world, put, names);
        CPPUNIT_ASSERT(world.run_until([&] { return put.summary.has_value(); }));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12}, put.summary->files);
    }
    void cut_at_any_moment_nothing_is_left() {
        for (std::uint64_t seed = 1; seed <= 3 * kSeeds; ++seed) {
            CsWorld world(seed, {.rate = BytesPerSecond(30'000'000)});
            std::array<Get, 4> gets;
            for (std::size_t i = 0; i < gets.size(); ++i)
                world.server_files.write_file(std::to_string(i), content(1'000'000));
            world.client_files.write_file("up", content(1'000'000));
            const auto before = world.client_files.used();
            world.start_server({.writable = true});
            world.connect();
            Put put;
            begin(world, put, {"up"});
            for (std::size_t i = 0; i < gets.size(); ++i) begin(world, gets[i], std::to_string(i));
            world.clock.run_for(std::chrono::milliseconds(seed * 7 % 150));
            world.network.reset_streams("server", "client");
            CPPUNIT_ASSERT(world.run_until([&] {
                return put.summary && std::ranges::all_of(
                                          gets, [](const auto& g) { return g.result.has_value(); });
            }));
            CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
            std::uint64_t whole = 0;
            for (const auto& get : gets) whole += get.result->error ? 0 : 1;
            CPPUNIT_ASSERT(world.run_until(
                [&] { return world.client_files.used() == before + whole * 1'000'000; }, 10s));
            const auto stored = put.summary->files == 1 || world.server_files.contains("up");
            CPPUNIT_ASSERT(world.run_until(
                [&] { return world.server_files.used() == (stored ? 5U : 4U) * 1'000'000; }, 10s));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamsTest);
