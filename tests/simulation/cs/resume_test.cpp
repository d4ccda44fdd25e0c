#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/part_file.h>
#include <gantry/testing/seeded_random.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Downloads that are interrupted at any place go on from there, and never mix two files.
class ResumeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResumeTest);
    CPPUNIT_TEST(goes_on_after_a_cut_at_any_place);
    CPPUNIT_TEST(goes_on_after_many_cuts);
    CPPUNIT_TEST(goes_on_after_it_was_cancelled);
    CPPUNIT_TEST(goes_on_without_checks);
    CPPUNIT_TEST(fetches_again_what_is_damaged_on_the_disk);
    CPPUNIT_TEST(a_file_that_changed_is_not_gone_on_with);
    CPPUNIT_TEST(a_file_that_changes_while_it_is_sent_leaves_nothing);
    CPPUNIT_TEST(starts_over_when_it_is_told_to);
    CPPUNIT_TEST(starts_over_when_the_record_is_of_another_form);
    CPPUNIT_TEST(a_whole_file_that_lacks_only_its_name_gets_it);
    CPPUNIT_TEST(a_small_file_leaves_nothing);
    CPPUNIT_TEST(a_disk_that_fails_at_any_call_loses_nothing);
    CPPUNIT_TEST(a_server_that_lies_about_a_piece_is_asked_again_and_then_refused);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t kSize = 3'300'000;
    static constexpr std::uint64_t kPiece = PieceMessage::kPiece;
    const std::uint64_t kSeeds = seeds(3);

    static const std::string& whole() {
        static const std::string text = content(kSize);
        return text;
    }
    static void prepare(CsWorld& world) {
        world.digests = quick_digest;
        world.resume = true;
        world.server_files.write_file("a", whole());
        world.start_server();
    }
    static void expect(ErrorCode code, const DownloadResult& result) {
        CPPUNIT_ASSERT(result.error.has_value());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(describe(*result.error), std::string(error_name(code)),
                                     std::string(error_name(result.error->code)));
    }
    static void assert_whole(CsWorld& world, const DownloadResult& result) {
        if (result.error) CPPUNIT_FAIL(describe(*result.error));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kSize}, result.bytes);
        CPPUNIT_ASSERT(whole() == world.client_files.read_file("a"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.client_files.all_names().size());
    }
    // Fetches "a" until `bytes` are written, then does `disturb`, and answers how it went.
    static DownloadResult disturbed(
        CsWorld& world, std::uint64_t bytes, bool verify,
        const std::function<void(const std::shared_ptr<UrlDownload>&)>& disturb) {
        if (!world.channel) world.connect();
        std::optional<DownloadResult> result;
        const auto before = world.progress;
        const auto get = world.begin_get("a", false, verify, Overwrite::yes,
                                         [&](DownloadResult r) { result = std::move(r); });
        CPPUNIT_ASSERT(world.run_until(
            [&] { return world.progress - before >= bytes || result.has_value(); }));
        disturb(get);
        CPPUNIT_ASSERT(world.run_until([&] { return result.has_value(); }));
        world.channel.reset();
        return std::move(*result);
    }
    static DownloadResult cut(CsWorld& world, std::uint64_t bytes, bool verify = true) {
        return disturbed(world, bytes, verify,
                         [&](const auto&) { world.network.reset_streams("server", "client"); });
    }
    // Whole pieces that were written before the cut come from the disk.
    static void assert_resumed(std::uint64_t written, const DownloadResult& result) {
        CPPUNIT_ASSERT(result.file.resumed <= kSize);
        CPPUNIT_ASSERT(result.file.resumed + kPiece > written);
    }

  public:
    void goes_on_after_a_cut_at_any_place() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            prepare(world);
            SeededRandom random(seed);
            const auto at = kPiece + random.below(kSize - kPiece);
            const auto broken = cut(world, at);
            if (!broken.error) {  // it was through before the cut
                assert_whole(world, broken);
                continue;
            }
            expect(ErrorCode::interrupted, broken);
            CPPUNIT_ASSERT(!world.client_files.contains("a"));
            const auto written = world.progress;
            const auto result = world.get("a");
            assert_whole(world, result);
            assert_resumed(written, result);
            CPPUNIT_ASSERT(result.file.check.algorithm == CheckAlgorithm::merkle);
            PieceRoots roots(quick_digest({}).value(), quick_digest({}).value());
            roots.update(as_bytes(whole()));
            roots.finish();
            const auto root = roots.root();
            CPPUNIT_ASSERT(result.file.check.value == Bytes(root.begin(), root.end()));
        }
    }
    void goes_on_after_many_cuts() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            prepare(world);
            SeededRandom random(seed);
            for (int i = 0; i < 3; ++i) (void)cut(world, random.below(2 * kPiece));
            assert_whole(world, world.get("a"));
        }
    }
    void goes_on_after_it_was_cancelled() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted,
               disturbed(world, 2 * kPiece, true, [](const auto& get) { get->cancel(); }));
        const auto result = world.get("a");
        assert_whole(world, result);
        CPPUNIT_ASSERT(result.file.resumed >= kPiece);
    }
    void goes_on_without_checks() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted, cut(world, 2 * kPiece, false));
        const auto unchecked = world.get("a", false, false);
        assert_whole(world, unchecked);
        CPPUNIT_ASSERT(unchecked.file.resumed >= 2 * kPiece);
        CPPUNIT_ASSERT(unchecked.file.check.algorithm == CheckAlgorithm::none);
        expect(ErrorCode::interrupted, cut(world, 2 * kPiece, false));
        const auto checked = world.get("a");  // believes nothing that was not checked
        assert_whole(world, checked);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, checked.file.resumed);
    }
    void fetches_again_what_is_damaged_on_the_disk() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted, cut(world, 2 * kPiece));
        {
            const auto part =
                world.client_files.open(".a.gantry-resume.part", OpenMode::read_write).value();
            const auto other = as_bytes("other");
            CPPUNIT_ASSERT(part->write_at(5, std::span(&other, 1)));
        }
        const auto result = world.get("a");
        assert_whole(world, result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, result.file.resumed % kPiece);
        CPPUNIT_ASSERT(result.file.resumed >= kPiece && result.file.resumed < 3 * kPiece);
    }
    void a_file_that_changed_is_not_gone_on_with() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted, cut(world, 2 * kPiece));
        world.server_files.write_file("a", content(kSize, 7));
        expect(ErrorCode::source_changed, world.get("a"));
        expect(ErrorCode::source_changed, world.get("a"));  // until the person decides
        CPPUNIT_ASSERT(!world.client_files.contains("a"));
        world.resume = false;
        CPPUNIT_ASSERT(!world.get("a").error);
        CPPUNIT_ASSERT(content(kSize, 7) == world.client_files.read_file("a"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.client_files.all_names().size());
    }
    void a_file_that_changes_while_it_is_sent_leaves_nothing() {
        CsWorld world(1);
        prepare(world);
        world.server_files.write_file("a", content(9'000'000));
        expect(ErrorCode::source_changed, disturbed(world, 2 * kPiece, true, [&](const auto&) {
                   const auto file = world.server_files.open("a", OpenMode::read_write).value();
                   const auto other = as_bytes("changed");
                   CPPUNIT_ASSERT(file->write_at(8'999'000, std::span(&other, 1)));
               }));
        CPPUNIT_ASSERT(world.client_files.all_names().empty());
    }
    void starts_over_when_it_is_told_to() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted, cut(world, 2 * kPiece));
        world.resume = false;
        const auto result = world.get("a");
        assert_whole(world, result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, result.file.resumed);
    }
    void starts_over_when_the_record_is_of_another_form() {
        CsWorld world(1);
        prepare(world);
        expect(ErrorCode::interrupted, cut(world, 2 * kPiece));
        {
            const auto record =
                world.client_files.open(".a.gantry-pieces.part", OpenMode::read_write).value();
            const auto other = as_bytes("?");
            CPPUNIT_ASSERT(record->write_at(40, std::span(&other, 1)));
        }
        const auto result = world.get("a");
        assert_whole(world, result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, result.file.resumed);
    }
    void a_whole_file_that_lacks_only_its_name_gets_it() {
        CsWorld world(1);
        prepare(world);
        world.client_store = [&world] {
            auto store = std::make_unique<FailingStore>(world.client_files.store_at(""));
            store->plan().fail(StoreOperation::rename, 1,
                               make_error(ErrorCode::denied, "test", "no"));
            return store;
        };
        expect(ErrorCode::denied, world.get("a"));
        world.client_store = [&world] { return world.client_files.store_at(""); };
        const auto result = world.get("a");
        assert_whole(world, result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kSize}, result.file.resumed);
    }
    void a_small_file_leaves_nothing() {
        CsWorld world(1);
        prepare(world);
        world.server_files.write_file("a", content(kPiece));
        expect(ErrorCode::network, cut(world, 1));
        CPPUNIT_ASSERT(world.client_files.all_names().empty());
    }
    // Whatever fails, the next download brings the file, and nothing else is left then.
    void a_disk_that_fails_at_any_call_loses_nothing() {
        for (const auto operation :
             {StoreOperation::open, StoreOperation::allocate, StoreOperation::write,
              StoreOperation::sync, StoreOperation::rename, StoreOperation::read})
            for (const int nth : {1, 3}) {
                CsWorld world(1);
                prepare(world);
                (void)cut(world, 2 * kPiece);
                world.client_store = [&world, operation, nth] {
                    auto store = std::make_unique<FailingStore>(world.client_files.store_at(""));
                    store->plan().fail(operation, static_cast<std::uint64_t>(nth),
                                       make_error(ErrorCode::denied, "test", "no"));
                    return store;
                };
                const auto failed = world.get("a");
                if (failed.error) {
                    expect(ErrorCode::denied, failed);
                    CPPUNIT_ASSERT(!world.client_files.contains("a"));
                    world.client_store = [&world] { return world.client_files.store_at(""); };
                    CPPUNIT_ASSERT(!world.get("a").error);
                }
                CPPUNIT_ASSERT(whole() == world.client_files.read_file("a"));
                CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.client_files.all_names().size());
            }
    }
    void a_server_that_lies_about_a_piece_is_asked_again_and_then_refused() {
        CsWorld world(1);
        world.digests = quick_digest;
        world.resume = true;
        const auto bytes = content(2 * kPiece);
        const auto answer = [&](std::uint32_t id, std::uint64_t offset, std::string_view part) {
            FileResponse response{2 * kPiece, {}, CheckAlgorithm::merkle, bytes_of("state")};
            const PieceMessage piece{offset, {CheckAlgorithm::merkle, Bytes(32)}};
            return file_frame(FrameType::response, id, response.encode()) +
                   file_frame(FrameType::piece, id, piece.encode()) +
                   file_frame(FrameType::data, id, bytes_of(part)) +
                   file_frame(FrameType::end, id,
                              FileEnd{part.size(), {CheckAlgorithm::merkle, Bytes(32)}}.encode());
        };
        // The first piece is said to be another; of the second nothing was said, and it is asked
        // for again too.
        FakeServer::Scripts scripts{answer(1, 0, bytes)};
        for (std::uint32_t id = 2; id < 9; ++id)
            scripts.push_back(answer(id, id % 2 * kPiece,
                                     std::string_view(bytes).substr(id % 2 * kPiece, kPiece)));
        const FakeServer server(world, scripts, FakeServer::After::hold);
        expect(ErrorCode::integrity, world.get("a"));
        CPPUNIT_ASSERT(!world.client_files.contains("a"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ResumeTest);
