#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// The classic wire between a server and a client, over links and disks of every kind.
class ClassicTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicTest);
    CPPUNIT_TEST(moves_files_of_all_sizes);
    CPPUNIT_TEST(moves_files_over_lossy_links);
    CPPUNIT_TEST(moves_a_folder_on_a_connection_for_each_file);
    CPPUNIT_TEST(lists_the_tree_in_its_order);
    CPPUNIT_TEST(names_that_leave_the_root_do_not_exist);
    CPPUNIT_TEST(a_cut_at_any_time_leaves_nothing);
    CPPUNIT_TEST(a_reply_cut_at_any_byte_leaves_nothing);
    CPPUNIT_TEST(a_file_that_becomes_shorter_is_never_whole);
    CPPUNIT_TEST(a_client_disk_without_room);
    CPPUNIT_TEST(a_catalogue_that_leaves_the_folder_is_refused);
    CPPUNIT_TEST(a_server_that_is_not_there_ends_a_folder_at_once);
    CPPUNIT_TEST(has_no_echo);
    CPPUNIT_TEST(holds_clients_that_say_nothing_for_a_short_time_only);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(8);

    static void assert_fine(const DownloadResult& result) {
        if (result.error) CPPUNIT_FAIL(describe(*result.error));
    }
    static void expect(ErrorCode code, const DownloadResult& result) {
        CPPUNIT_ASSERT(result.error.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(result.error->code)));
    }
    static void assert_clean(CsWorld& world) {
        CPPUNIT_ASSERT(world.client_files.all_names().empty());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, world.client_files.used());
    }
    static void serve(CsWorld& world, bool encrypt = false) {
        world.start_server({.wire = Wire::classic});
        world.use_classic(encrypt);
    }
    static Bytes packet(std::string_view data) {
        ClassicHeader header{0, 1};
        header.length = static_cast<std::uint16_t>(12 + data.size());
        const auto head = header.encode();
        return Bytes(head.begin(), head.end()) + bytes_of(data);
    }
    static Bytes catalogue(std::string_view text) {
        auto bytes = packet(text);
        bytes[3] = std::byte{2};
        return bytes + packet("");
    }
    static std::string names(const CollectedListing& listing) {
        std::string out;
        for (const auto& entry : listing.entries) out += entry.name + " ";
        return out;
    }

  public:
    void moves_files_of_all_sizes() {
        for (const bool encrypt : {false, true})
            for (const std::size_t size :
                 {0U, 1U, 16U, 1023U, 1024U, 1025U, 65536U, 1048576U, 1048577U, 3000000U}) {
                CsWorld world(size + 1);
                world.server_files.write_file("sub/a.bin", content(size));
                serve(world, encrypt);
                const auto result = world.get("sub/a.bin");
                assert_fine(result);
                CPPUNIT_ASSERT_EQUAL(std::uint64_t{size}, result.bytes);
                CPPUNIT_ASSERT(result.file.check.algorithm == CheckAlgorithm::none);
                CPPUNIT_ASSERT(content(size) == world.client_files.read_file("a.bin"));
            }
    }
    void moves_files_over_lossy_links() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            LinkOptions link;
            link.delay = 20ms;
            link.jitter = 10ms;
            link.loss = 0.02;
            link.rate = BytesPerSecond(2'000'000);
            CsWorld world(seed, link);
            world.server_files.write_file("a", content(200'000));
            serve(world, seed % 2 == 0);
            assert_fine(world.get("a"));
            CPPUNIT_ASSERT(content(200'000) == world.client_files.read_file("a"));
        }
    }
    void moves_a_folder_on_a_connection_for_each_file() {
        CsWorld world(1);
        for (int i = 0; i < 100; ++i)
            world.server_files.write_file("top/" + std::to_string(i), content(2000));
        world.server_files.write_file("top/sub/b", content(100'000));
        world.server_files.write_file("other", "x");
        serve(world);
        const auto result = world.get("top", true);
        assert_fine(result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{101}, result.files);
        CPPUNIT_ASSERT(content(100'000) == world.client_files.read_file("sub/b"));
        CPPUNIT_ASSERT(!world.client_files.contains("other"));
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
        CPPUNIT_ASSERT_EQUAL(std::size_t{102}, world.log.size());
    }
    void lists_the_tree_in_its_order() {
        CsWorld world(1);
        for (int i = 0; i < 500; ++i)
            world.server_files.write_file("many/file" + std::to_string(i), "");
        world.server_files.write_file("a", "");
        world.server_files.write_file("bad\nname", "");
        world.server_files.write_file("\xFF", "");
        serve(world);
        const auto all = world.list("", true);
        CPPUNIT_ASSERT(all);
        CPPUNIT_ASSERT_EQUAL(std::size_t{501}, all->entries.size());
        CPPUNIT_ASSERT_EQUAL(std::string("a many "), names(world.list("", false).value()));
        CPPUNIT_ASSERT_EQUAL(std::string("file7 "), names(world.list("many/file7", false).value()));
        CPPUNIT_ASSERT(world.list("none", true).error().code == ErrorCode::not_found);
    }
    void names_that_leave_the_root_do_not_exist() {
        CsWorld world(1);
        world.server_files.write_file("a", "x");
        serve(world);
        for (const auto* name : {"../a", "sub/../../a", "/a", "..", "", ".", "a/"}) {
            const auto result = world.get(name);
            if (std::string_view(name) == "a/")
                continue;  // the client makes a path of it before it asks
            CPPUNIT_ASSERT_MESSAGE(name, result.error.has_value());
            CPPUNIT_ASSERT_MESSAGE(name, result.error->code == ErrorCode::not_found ||
                                             result.error->code == ErrorCode::denied);
        }
    }
    void a_cut_at_any_time_leaves_nothing() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            LinkOptions link;
            link.delay = 5ms;
            link.rate = BytesPerSecond(10'000'000);
            CsWorld world(seed, link);
            world.server_files.write_file("a", content(1'000'000));
            serve(world, seed % 2 == 0);
            std::optional<DownloadResult> result;
            const auto get = world.begin_get("a", false, true, Overwrite::yes,
                                             [&](DownloadResult r) { result = std::move(r); });
            world.clock.run_for(std::chrono::milliseconds(5 + 90 * seed / kSeeds));
            CPPUNIT_ASSERT(!result);
            world.network.reset_streams("server", "client");
            CPPUNIT_ASSERT(world.run_until([&] { return result.has_value(); }));
            expect(ErrorCode::network, *result);
            assert_clean(world);
            CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
        }
    }
    void a_reply_cut_at_any_byte_leaves_nothing() {
        const auto whole = packet("hello") + packet("");
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            CsWorld world(size + 1);
            FakeServer server(world, Bytes(whole.begin(), whole.begin() + static_cast<int>(size)),
                              FakeServer::After::close);
            world.use_classic();
            const auto result = world.get("a");
            if (size == whole.size()) {
                assert_fine(result);
                CPPUNIT_ASSERT_EQUAL(std::string("hello"), world.client_files.read_file("a"));
            } else {
                expect(ErrorCode::network, result);
                assert_clean(world);
            }
        }
    }
    void a_file_that_becomes_shorter_is_never_whole() {
        CsWorld world(1, {.delay = 5ms, .rate = BytesPerSecond(10'000'000)});
        world.server_files.write_file("a", content(6'000'000));
        serve(world);
        std::optional<DownloadResult> result;
        const auto get = world.begin_get("a", false, true, Overwrite::yes,
                                         [&](DownloadResult r) { result = std::move(r); });
        CPPUNIT_ASSERT(world.run_until([&] { return world.progress > 0; }));
        world.server_disk->plan().end_reads_at(100);
        CPPUNIT_ASSERT(world.run_until([&] { return result.has_value(); }));
        expect(ErrorCode::network, *result);
        assert_clean(world);
    }
    void a_client_disk_without_room() {
        CsWorld world(1);
        world.server_files.write_file("a", content(100'000));
        serve(world);
        world.client_store = [&world] {
            auto store = std::make_unique<FailingStore>(world.client_files.store_at(""));
            store->plan().fill_disk_after(50'000);
            return store;
        };
        expect(ErrorCode::no_space, world.get("a"));
        assert_clean(world);
    }
    void a_catalogue_that_leaves_the_folder_is_refused() {
        for (const auto* line : {"./../evil\n", "./sub/../../evil\n", "/etc/evil\n"}) {
            CsWorld world(1);
            FakeServer server(world, catalogue(line), FakeServer::After::close);
            world.use_classic();
            expect(ErrorCode::denied, world.get("", true));
            assert_clean(world);
        }
    }
    void a_server_that_is_not_there_ends_a_folder_at_once() {
        CsWorld world(1);
        serve(world);
        world.stop_server();
        expect(ErrorCode::network, world.get("a"));
        CPPUNIT_ASSERT(!world.channel->usable());
    }
    void has_no_echo() {
        struct Listener final : AnswerHandler {
            void failed(Error error, ErrorDetail) override { code = error.code; }
            std::optional<ErrorCode> code;
        };
        CsWorld world(1);
        serve(world);
        const auto listener = std::make_shared<Listener>();
        world.channel->ask(Bytes(4), listener);
        CPPUNIT_ASSERT(world.run_until([&] { return listener->code.has_value(); }));
        CPPUNIT_ASSERT(ErrorCode::unsupported == *listener->code);
    }
    void holds_clients_that_say_nothing_for_a_short_time_only() {
        CsWorld world(1);
        serve(world);
        const auto silent = world.raw_stream();
        const auto strange = world.raw_stream();
        const auto words = bytes_of("GET / HTTP/1.1\r\n\r\n");
        const ByteView view(words);
        CPPUNIT_ASSERT(strange->write(std::span(&view, 1)));
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 1; }, 5s));
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }, 11s));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicTest);
