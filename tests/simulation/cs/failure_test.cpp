#include "cs_world.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Cables, disks and people that interrupt a transfer: one clear error, and nothing half left.
class FailureTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FailureTest);
    CPPUNIT_TEST(a_connection_that_is_reset_in_the_middle);
    CPPUNIT_TEST(a_cable_that_is_cut_in_the_middle);
    CPPUNIT_TEST(a_server_that_is_stopped_in_the_middle);
    CPPUNIT_TEST(a_client_disk_without_room_for_the_file);
    CPPUNIT_TEST(a_client_disk_that_fills_up_ends_the_whole_folder);
    CPPUNIT_TEST(files_that_came_and_may_not_last_are_no_success);
    CPPUNIT_TEST(a_client_disk_that_fails_at_any_call);
    CPPUNIT_TEST(a_server_disk_that_fails_tells_no_paths);
    CPPUNIT_TEST(a_file_that_changes_while_it_is_sent);
    CPPUNIT_TEST(a_file_that_shrinks_while_it_is_sent);
    CPPUNIT_TEST(a_missing_file);
    CPPUNIT_TEST(an_unreadable_file_among_others_is_partial);
    CPPUNIT_TEST(an_unreadable_folder);
    CPPUNIT_TEST(an_existing_file_stays_with_no_clobber);
    CPPUNIT_TEST(an_existing_file_is_replaced_in_one_step);
    CPPUNIT_TEST(cancelling_leaves_nothing_behind);
    CPPUNIT_TEST(a_pool_that_has_closed);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(8);

    static void assert_clean(CsWorld& world) {
        CPPUNIT_ASSERT(world.client_files.all_names().empty());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, world.client_files.used());
    }
    static void expect(ErrorCode code, const DownloadResult& result) {
        CPPUNIT_ASSERT(result.error.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(result.error->code)));
    }
    // Begins to fetch "a", calls `disturb` when some of it has come, and answers how it went.
    static DownloadResult disturbed_get(
        CsWorld& world, const std::function<void(const std::shared_ptr<UrlDownload>&)>& disturb) {
        if (!world.channel) world.connect();
        std::optional<DownloadResult> result;
        const auto get = world.begin_get("a", false, true, Overwrite::yes,
                                         [&](DownloadResult r) { result = std::move(r); });
        CPPUNIT_ASSERT(world.run_until([&] { return world.progress > 0; }));
        disturb(get);
        CPPUNIT_ASSERT(world.run_until([&] { return result.has_value(); }));
        return std::move(*result);
    }
    // The client's disk behind a plan of failures, and the plan.
    static std::function<void(const std::function<void(FailurePlan&)>&)> failing_client(
        CsWorld& world) {
        return [&world](const std::function<void(FailurePlan&)>& plan) {
            world.client_store = [&world, plan] {
                auto store = std::make_unique<FailingStore>(world.client_files.store_at(""));
                plan(store->plan());
                return store;
            };
        };
    }

  public:
    void a_connection_that_is_reset_in_the_middle() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            world.server_files.write_file("a", content(3'000'000));
            world.start_server();
            expect(ErrorCode::network, disturbed_get(world, [&](const auto&) {
                       world.network.reset_streams("server", "client");
                   }));
            assert_clean(world);
        }
    }
    void a_cable_that_is_cut_in_the_middle() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            world.server_files.write_file("a", content(3'000'000));
            world.start_server();
            expect(ErrorCode::timeout, disturbed_get(world, [&](const auto&) {
                       world.network.cut("server", "client");
                   }));
            assert_clean(world);
            CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
        }
    }
    void a_server_that_is_stopped_in_the_middle() {
        CsWorld world(1);
        world.server_files.write_file("a", content(3'000'000));
        world.start_server();
        bool stopped = false;
        expect(ErrorCode::network, disturbed_get(world, [&](const auto&) {
                   world.server->stop([&] { stopped = true; });
               }));
        assert_clean(world);
        CPPUNIT_ASSERT(world.run_until([&] { return stopped; }));
        world.server.reset();
    }
    void a_client_disk_without_room_for_the_file() {
        CsWorld world(1);
        world.server_files.write_file("a", content(100'000));
        world.start_server();
        failing_client(world)([](FailurePlan& plan) { plan.fill_disk_after(50'000); });
        expect(ErrorCode::no_space, world.get("a"));
        assert_clean(world);
    }
    void a_client_disk_that_fills_up_ends_the_whole_folder() {
        CsWorld world(1);
        for (int i = 0; i < 200; ++i)
            world.server_files.write_file("many/" + std::to_string(100 + i), content(1000));
        world.start_server();
        failing_client(world)([](FailurePlan& plan) { plan.fill_disk_after(50'500); });
        const auto result = world.get("many", true);
        expect(ErrorCode::no_space, result);
        CPPUNIT_ASSERT(result.files <= 50);
        const auto names = world.client_files.all_names();
        CPPUNIT_ASSERT_EQUAL(result.files, std::uint64_t{names.size()});  // whole ones only
        for (const auto& name : names)
            CPPUNIT_ASSERT_EQUAL(std::size_t{1000}, world.client_files.read_file(name).size());
    }
    // Several files are made to last together, at the end.
    void files_that_came_and_may_not_last_are_no_success() {
        CsWorld world(1);
        for (const auto* name : {"d/a", "d/b", "d/c"}) world.server_files.write_file(name, "x");
        world.start_server();
        failing_client(world)([](FailurePlan& plan) {
            plan.fail(StoreOperation::sync_store, 1,
                      make_error(ErrorCode::other, "test", "broken"));
        });
        const auto result = world.get("d", true);
        expect(ErrorCode::other, result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, result.files);
    }
    void a_client_disk_that_fails_at_any_call() {
        for (const auto operation : {StoreOperation::replace, StoreOperation::allocate,
                                     StoreOperation::write, StoreOperation::commit}) {
            CsWorld world(1);
            world.server_files.write_file("a", content(1'000'000));
            world.start_server();
            failing_client(world)([operation](FailurePlan& plan) {
                plan.fail(operation, 1, make_error(ErrorCode::denied, "test", "no"));
            });
            expect(ErrorCode::denied, world.get("a"));
            assert_clean(world);
        }
    }
    void a_server_disk_that_fails_tells_no_paths() {
        CsWorld world(1);
        world.server_files.write_file("a", content(3'000'000));
        world.start_server();
        world.server_disk->plan().fail(StoreOperation::read, 20,
                                       make_error(ErrorCode::other, "test", "/srv/secret broke"));
        const auto result = world.get("a");
        expect(ErrorCode::other, result);
        CPPUNIT_ASSERT(describe(*result.error).find("secret") == std::string::npos);
        assert_clean(world);
    }
    void a_file_that_changes_while_it_is_sent() {
        CsWorld world(1);
        world.server_files.write_file("a", content(9'000'000));
        world.start_server();
        const auto result = disturbed_get(world, [&](const auto&) {
            const auto file = world.server_files.open("a", OpenMode::read_write).value();
            const auto other = bytes_view("changed");
            CPPUNIT_ASSERT(file->write_at(8'999'000, std::span(&other, 1)));
        });
        expect(ErrorCode::source_changed, result);
        assert_clean(world);
    }
    void a_file_that_shrinks_while_it_is_sent() {
        CsWorld world(1);
        world.server_files.write_file("a", content(9'000'000));
        world.start_server();
        const auto result = disturbed_get(world, [&](const auto&) {
            CPPUNIT_ASSERT(world.server_files.open("a", OpenMode::read_write).value()->truncate(9));
        });
        const auto code = result.error.value().code;
        CPPUNIT_ASSERT(code == ErrorCode::source_changed || code == ErrorCode::network);
        assert_clean(world);
    }
    void a_missing_file() {
        CsWorld world(1);
        world.start_server();
        const auto result = world.get("none");
        expect(ErrorCode::not_found, result);
        CPPUNIT_ASSERT_EQUAL(std::string("none"), result.error->context);
        assert_clean(world);
    }
    void an_unreadable_file_among_others_is_partial() {
        CsWorld world(1);
        world.server_files.write_file("top/a", "one");
        world.server_files.write_file("top/b", "two");
        world.server_files.set_readable("top/b", false);
        world.start_server();
        const auto result = world.get("top", true);
        expect(ErrorCode::partial, result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, result.files);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, result.failed);
        CPPUNIT_ASSERT(result.failures.at(0).error.code == ErrorCode::denied);
    }
    void an_unreadable_folder() {
        CsWorld world(1);
        world.server_files.write_file("top/sub/a", "one");
        world.server_files.write_file("top/b", "two");
        world.server_files.set_readable("top/sub", false);
        world.start_server();
        expect(ErrorCode::denied, world.get("top/sub", true));
        assert_clean(world);
        const auto result = world.get("top", true);
        expect(ErrorCode::partial, result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, result.unreadable);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, result.files);
    }
    void an_existing_file_stays_with_no_clobber() {
        CsWorld world(1);
        world.server_files.write_file("a", "new");
        world.client_files.write_file("a", "old");
        world.start_server();
        expect(ErrorCode::exists, world.get("a", false, true, Overwrite::no));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), world.client_files.read_file("a"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.client_files.all_names().size());
    }
    void an_existing_file_is_replaced_in_one_step() {
        CsWorld world(1);
        world.server_files.write_file("a", content(3'000'000));
        world.client_files.write_file("a", "old");
        world.start_server();
        const auto result = disturbed_get(world, [&](const auto&) {
            CPPUNIT_ASSERT_EQUAL(std::string("old"), world.client_files.read_file("a"));
        });
        CPPUNIT_ASSERT(!result.error);
        CPPUNIT_ASSERT(content(3'000'000) == world.client_files.read_file("a"));
    }
    void cancelling_leaves_nothing_behind() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            world.server_files.write_file("a", content(1'500'000));
            world.start_server();
            expect(ErrorCode::cancelled,
                   disturbed_get(world, [](const auto& get) { get->cancel(); }));
            assert_clean(world);
            world.progress = 0;  // and the connection is still good
            CPPUNIT_ASSERT(!world.get("a").error);
        }
    }
    void a_pool_that_has_closed() {
        CsWorld world(1);
        world.server_files.write_file("a", content(3'000'000));
        world.start_server();
        expect(ErrorCode::closed,
               disturbed_get(world, [&](const auto&) { world.client_pool.closed = true; }));
    }

  private:
    static ByteView bytes_view(std::string_view text) { return as_bytes(text); }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FailureTest);
