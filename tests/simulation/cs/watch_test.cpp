#include "cs_world.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

namespace {

// Keeps what a watch tells; while `holds`, it takes nothing off the server.
class SeenChanges final : public AnswerHandler {
  public:
    void entries_from(std::vector<ListingEntry> part, const ReceiveBuffer& buffer) override {
        if (part.empty()) begun = true;
        for (auto& entry : part) {
            overflows += entry.change == EntryChange::overflow ? 1 : 0;
            names.insert(entry.name);
        }
        if (holds) held.push_back(buffer);
    }
    void listing_ended(const ListingEnd&) override { ended = true; }
    void failed(Error why, ErrorDetail) override { error = std::move(why); }

    std::set<std::string> names;
    std::vector<ReceiveBuffer> held;
    std::size_t overflows = 0;
    bool begun = false;
    bool holds = false;
    bool ended = false;
    std::optional<Error> error;
};

}  // namespace

// A folder that is watched over a network: what changes is told, and costs bounded memory.
class WatchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WatchTest);
    CPPUNIT_TEST(every_change_is_told_or_its_loss_is);
    CPPUNIT_TEST(files_go_beside_a_watch);
    CPPUNIT_TEST(a_watch_that_is_forgotten_frees_the_server);
    CPPUNIT_TEST(a_client_that_vanishes_frees_the_server);
    CPPUNIT_TEST(a_slow_reader_loses_changes_and_is_told);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(10);

    static std::shared_ptr<SeenChanges> watch(CsWorld& world, bool holds = false) {
        auto seen = std::make_shared<SeenChanges>();
        seen->holds = holds;
        world.channel->ask(WatchRequest{"d", true}, seen);
        CPPUNIT_ASSERT(world.run_until([&] { return seen->begun || seen->error; }));
        CPPUNIT_ASSERT(!seen->error);
        return seen;
    }
    static void start(CsWorld& world) {
        world.server_files.write_file("d/a", content(2'000'000));
        world.start_server();
        world.connect();
    }

  public:
    void every_change_is_told_or_its_loss_is() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            LinkOptions link;
            link.delay = 20ms;
            link.loss = 0.05;
            CsWorld world(seed, link);
            start(world);
            const auto seen = watch(world);
            for (int i = 0; i < 300; ++i) {
                world.server_files.write_file("d/f" + std::to_string(i), "x");
                world.clock.run_for(1ms);
            }
            CPPUNIT_ASSERT(world.run_until(
                [&] { return seen->names.contains("f299") || seen->overflows > 0; }));
            if (seen->overflows == 0) CPPUNIT_ASSERT_EQUAL(std::size_t{300}, seen->names.size());
        }
    }
    void files_go_beside_a_watch() {
        CsWorld world(1);
        start(world);
        const auto seen = watch(world);
        CPPUNIT_ASSERT(!world.get("d/a").error);
        world.server_files.write_file("d/b", "x");
        CPPUNIT_ASSERT(world.run_until([&] { return seen->names.contains("b"); }));
    }
    void a_watch_that_is_forgotten_frees_the_server() {
        CsWorld world(1);
        start(world);
        const auto seen = watch(world);
        world.channel->forget(*seen);
        CPPUNIT_ASSERT(world.run_until([&] { return world.log.size() == 1; }, 10s));
        CPPUNIT_ASSERT_EQUAL(std::string("watch"), std::string(world.log.front().service));
        CPPUNIT_ASSERT(world.log.front().error->code == ErrorCode::cancelled);
    }
    void a_client_that_vanishes_frees_the_server() {
        CsWorld world(1);
        start(world);
        const auto seen = watch(world);
        world.network.cut("server", "client");
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.log.size());
    }
    void a_slow_reader_loses_changes_and_is_told() {
        CsWorld world(1);
        start(world);
        const auto seen = watch(world, true);
        std::size_t written = 0;
        const std::string long_name(200, 'n');
        for (; written < 200'000 && seen->overflows == 0; ++written) {
            world.server_files.write_file("d/" + long_name + std::to_string(written % 1000), "");
            if (written % 100 == 0) world.clock.run_for(1ms);
            if (written % 20'000 == 0) world.server_files.overflow_watches();
        }
        seen->held.clear();
        seen->holds = false;
        CPPUNIT_ASSERT(world.run_until([&] { return seen->overflows > 0; }));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WatchTest);
