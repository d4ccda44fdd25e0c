#include "cs_world.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/kept_upload.h>
#include <cs/net/uploader.h>
#include <gantry/testing/seeded_random.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Uploads that are interrupted at any place go on from there, and never mix two files.
class PutResumeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PutResumeTest);
    CPPUNIT_TEST(goes_on_after_a_cut_at_any_place);
    CPPUNIT_TEST(goes_on_after_many_cuts);
    CPPUNIT_TEST(goes_on_after_it_was_cancelled);
    CPPUNIT_TEST(goes_on_with_a_server_that_was_started_anew);
    CPPUNIT_TEST(a_file_that_changed_is_not_gone_on_with);
    CPPUNIT_TEST(starts_over_when_what_is_kept_is_damaged);
    CPPUNIT_TEST(starts_over_when_it_is_told_to);
    CPPUNIT_TEST(a_whole_file_that_lacks_only_its_name_gets_it);
    CPPUNIT_TEST(a_small_file_leaves_nothing);
    CPPUNIT_TEST(a_full_disk_is_told_and_what_came_is_kept);
    CPPUNIT_TEST(a_server_disk_that_fails_at_any_call_loses_nothing);
    CPPUNIT_TEST(an_older_server_takes_the_file_as_before);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t kSize = 3'300'000;
    const std::uint64_t kSeeds = seeds(3);

    static const std::string& whole() {
        static const std::string text = content(kSize);
        return text;
    }
    static void prepare(CsWorld& world) {
        world.client_files.write_file("a", whole());
        world.start_server({.writable = true});
    }
    struct Put {
        std::shared_ptr<Uploader> uploader;
        std::optional<UploadSummary> summary;
        std::uint64_t sent = 0;
    };
    static void begin(CsWorld& world, Put& put, bool resume = true) {
        if (!world.channel) world.connect();
        put.uploader = std::make_shared<Uploader>(
            FetchParts{world.client_loop, *world.runner, world.job, world.channel},
            UploadOptions{Overwrite::yes, resume}, [](std::uint64_t) {},
            [&put](std::uint64_t more) { put.sent += more; },
            [&put](UploadSummary summary) { put.summary = std::move(summary); });
        std::shared_ptr<FileStore> store = world.client_disk()("", false).value();
        put.uploader->start({{store, "a", "a", "a"}});
    }
    static UploadSummary finish(CsWorld& world, Put& put) {
        CPPUNIT_ASSERT(world.run_until([&] { return put.summary.has_value(); }));
        return std::move(*put.summary);
    }
    static UploadSummary send(CsWorld& world, bool resume = true) {
        Put put;
        begin(world, put, resume);
        return finish(world, put);
    }
    // Sends until so many bytes have gone, then does `disturb`.
    static UploadSummary disturbed(CsWorld& world, std::uint64_t bytes,
                                   const std::function<void(Put&)>& disturb, bool resume = true) {
        Put put;
        begin(world, put, resume);
        CPPUNIT_ASSERT(
            world.run_until([&] { return put.sent >= bytes || put.summary.has_value(); }));
        disturb(put);
        auto summary = finish(world, put);
        world.channel.reset();
        world.clock.run_for(1s);  // the server stores what it has
        return summary;
    }
    static UploadSummary cut(CsWorld& world, std::uint64_t bytes, bool resume = true) {
        return disturbed(
            world, bytes, [&](Put&) { world.network.reset_streams("server", "client"); }, resume);
    }
    static void expect(ErrorCode code, const UploadSummary& summary) {
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, summary.failures.size());
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(summary.failures.front().error.code)));
    }
    static void assert_whole(CsWorld& world, const UploadSummary& summary) {
        if (!summary.failures.empty()) CPPUNIT_FAIL(describe(summary.failures.front().error));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kSize}, summary.bytes);
        CPPUNIT_ASSERT(whole() == world.server_files.read_file("a"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.server_files.all_names().size());
    }

  public:
    void goes_on_after_a_cut_at_any_place() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            prepare(world);
            SeededRandom random(seed);
            const auto at = 1'000'000 + random.below(2'000'000);
            const auto broken = cut(world, at);
            if (broken.files == 1) continue;  // it was through before the cut
            expect(ErrorCode::interrupted, broken);
            CPPUNIT_ASSERT(!world.server_files.contains("a"));
            const auto again = send(world);
            assert_whole(world, again);
            // What was under way in the client, the network and the server goes again.
            CPPUNIT_ASSERT_MESSAGE(std::to_string(at) + " " + std::to_string(again.resumed),
                                   again.resumed + (1U << 20U) > at);
        }
    }
    void goes_on_after_many_cuts() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            prepare(world);
            SeededRandom random(seed);
            for (int i = 0; i < 3; ++i) (void)cut(world, random.below(2'000'000));
            assert_whole(world, send(world));
        }
    }
    void goes_on_after_it_was_cancelled() {
        CsWorld world(1);
        prepare(world);
        const auto broken = disturbed(world, 2'000'000, [](Put& put) {
            put.uploader->cancel(make_error(ErrorCode::cancelled, "test", "enough"));
        });
        expect(ErrorCode::interrupted, broken);
        const auto again = send(world);
        assert_whole(world, again);
        CPPUNIT_ASSERT(again.resumed >= 900'000);
    }
    void goes_on_with_a_server_that_was_started_anew() {
        CsWorld world(1);
        prepare(world);
        bool stopped = false;
        const auto broken = disturbed(world, 2'000'000, [&](Put&) {
            world.network.reset_streams("server", "client");
            world.server->stop([&] { stopped = true; });
        });
        expect(ErrorCode::interrupted, broken);
        CPPUNIT_ASSERT(world.run_until([&] { return stopped; }));
        world.server.reset();
        world.start_server({.writable = true});
        const auto again = send(world);
        assert_whole(world, again);
        CPPUNIT_ASSERT(again.resumed > 0);
    }
    void a_file_that_changed_is_not_gone_on_with() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted, cut(world, 2'000'000));
        const auto other = content(kSize, 2);
        world.client_files.write_file("a", other);
        const auto again = send(world);
        CPPUNIT_ASSERT(again.failures.empty() && again.resumed == 0);
        CPPUNIT_ASSERT(other == world.server_files.read_file("a"));
    }
    void starts_over_when_what_is_kept_is_damaged() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted, cut(world, 2'000'000));
        const auto names = world.server_files.all_names();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, names.size());
        auto kept = world.server_files.read_file(names.front());
        kept[kept.size() / 2] ^= 1;
        world.server_files.write_file(names.front(), kept);
        const auto again = send(world);
        assert_whole(world, again);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, again.resumed);
    }
    void starts_over_when_it_is_told_to() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::network, cut(world, 2'000'000, false));
        CPPUNIT_ASSERT(world.server_files.all_names().empty());
        assert_whole(world, send(world, false));
    }
    void a_whole_file_that_lacks_only_its_name_gets_it() {
        CsWorld world(1);
        prepare(world);
        std::shared_ptr<FileStore> store = world.client_disk()("", false).value();
        const auto name = UploadReader::open(store, "a").value()->name();
        world.server_files.write_file(*KeptUpload::path_of("a", name), whole());
        const auto again = send(world);
        assert_whole(world, again);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kSize}, again.resumed);
    }
    void a_small_file_leaves_nothing() {
        CsWorld world(1);
        world.client_files.write_file("a", content(1'000'000));
        world.start_server({.writable = true});
        expect(ErrorCode::network, cut(world, 300'000));
        CPPUNIT_ASSERT(world.server_files.all_names().empty());
    }
    void a_full_disk_is_told_and_what_came_is_kept() {
        CsWorld world(1);
        prepare(world);
        world.server_disk->plan().fill_disk_after(1'500'000);
        expect(ErrorCode::no_space, send(world));
        world.channel.reset();
        world.clock.run_for(1s);
        world.server_disk->plan().clear();
        const auto again = send(world);
        assert_whole(world, again);
        CPPUNIT_ASSERT(again.resumed >= 1'000'000);
    }
    void a_server_disk_that_fails_at_any_call_loses_nothing() {
        for (const auto operation :
             {StoreOperation::open, StoreOperation::write, StoreOperation::truncate,
              StoreOperation::sync, StoreOperation::rename, StoreOperation::identity}) {
            CsWorld world(1);
            prepare(world);
            expect(ErrorCode::interrupted, cut(world, 2'000'000));
            world.server_disk->plan().fail(operation, 2,
                                           make_error(ErrorCode::other, "test", "broken"));
            const auto broken = send(world);
            world.channel.reset();
            world.clock.run_for(1s);
            world.server_disk->plan().clear();
            if (broken.files == 0) assert_whole(world, send(world));
            CPPUNIT_ASSERT(whole() == world.server_files.read_file("a"));
        }
    }
    // One that does not know uploads by name.
    void an_older_server_takes_the_file_as_before() {
        CsWorld world(1);
        prepare(world);
        world.server_disk->plan().fail(StoreOperation::open, 1,
                                       make_error(ErrorCode::unsupported, "test", "no"));
        const auto summary = send(world);
        assert_whole(world, summary);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, summary.resumed);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PutResumeTest);
