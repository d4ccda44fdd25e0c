#include "cs_world.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

namespace {

// A channel that breaks when the test says so.
class BreakingChannel final : public RequestChannel {
  public:
    explicit BreakingChannel(std::shared_ptr<RequestChannel> inner) : inner_(std::move(inner)) {}
    void ask(Request request, std::shared_ptr<AnswerHandler> handler) override {
        asked_.push_back(handler);
        inner_->ask(std::move(request), std::move(handler));
    }
    void forget(const AnswerHandler& handler) override { inner_->forget(handler); }
    bool usable() const noexcept override { return !broken_; }
    void break_now() {
        broken_ = true;
        for (const auto& weak : std::exchange(asked_, {})) {
            const auto handler = weak.lock();
            if (!handler) continue;
            inner_->forget(*handler);
            handler->failed(make_error(ErrorCode::network, "test", "cut"), ErrorDetail::none);
        }
    }

  private:
    std::shared_ptr<RequestChannel> inner_;
    std::vector<std::weak_ptr<AnswerHandler>> asked_;
    bool broken_ = false;
};

}  // namespace

// One file over several connections.
class ParallelTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ParallelTest);
    CPPUNIT_TEST(several_connections_bring_one_file);
    CPPUNIT_TEST(one_of_several_connections_breaks);
    CPPUNIT_TEST(all_of_several_connections_break);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint64_t kPiece = PieceMessage::kPiece;
    static constexpr std::size_t kBig = 8 * kPiece + 12345;
    const std::uint64_t kSeeds = seeds(3);

    static const std::string& big() {
        static const std::string text = content(kBig);
        return text;
    }
    static void prepare(CsWorld& world) {
        world.digests = quick_digest;
        world.resume = true;
        world.server_files.write_file("a", big());
        world.start_server();
    }
    // Fetches "a" until `bytes` are written, then does `disturb`, and answers how it went.
    static DownloadResult disturbed(CsWorld& world, std::uint64_t bytes,
                                    const std::function<void()>& disturb) {
        if (!world.channel) world.connect();
        std::optional<DownloadResult> result;
        world.begin_get("a", false, true, Overwrite::yes,
                        [&](DownloadResult r) { result = std::move(r); });
        CPPUNIT_ASSERT(world.run_until([&] { return world.progress >= bytes; }));
        disturb();
        CPPUNIT_ASSERT(world.run_until([&] { return result.has_value(); }));
        world.channel.reset();
        return std::move(*result);
    }

  public:
    void several_connections_bring_one_file() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            prepare(world);
            world.server_files.write_file("a", big());
            for (int i = 0; i < 3; ++i) world.more_channels.push_back(world.new_channel());
            const auto result = world.get("a");
            CPPUNIT_ASSERT(!result.error);
            CPPUNIT_ASSERT(big() == world.client_files.read_file("a"));
            CPPUNIT_ASSERT(result.file.check.algorithm == CheckAlgorithm::merkle);
            world.more_channels.clear();
            world.channel.reset();
            CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
            CPPUNIT_ASSERT(world.log.size() >= kBig / kPiece);
        }
    }
    void one_of_several_connections_breaks() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            prepare(world);
            world.server_files.write_file("a", big());
            const auto doomed = std::make_shared<BreakingChannel>(world.new_channel());
            world.more_channels.push_back(doomed);
            world.connect();
            const auto result = disturbed(world, 3 * kPiece, [&] { doomed->break_now(); });
            CPPUNIT_ASSERT(!result.error);
            CPPUNIT_ASSERT(big() == world.client_files.read_file("a"));
        }
    }
    void all_of_several_connections_break() {
        CsWorld world(1);
        prepare(world);
        world.server_files.write_file("a", big());
        for (int i = 0; i < 3; ++i) world.more_channels.push_back(world.new_channel());
        // Less than a piece of each of the four may be lost.
        const auto broken =
            disturbed(world, 6 * kPiece, [&] { world.network.reset_streams("server", "client"); });
        CPPUNIT_ASSERT(broken.error && broken.error->code == ErrorCode::interrupted);
        world.more_channels.clear();
        const auto result = world.get("a");
        CPPUNIT_ASSERT(!result.error);
        CPPUNIT_ASSERT(result.file.resumed >= 2 * kPiece);
        CPPUNIT_ASSERT(big() == world.client_files.read_file("a"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ParallelTest);
