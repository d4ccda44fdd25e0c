#include "cs_world.h"
#include "generated_store.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/plugin/abi.h>

#include <algorithm>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

namespace {

// A million takes the sanitizers half a minute.
constexpr std::uint64_t kManyNames =
    std::string_view(GANTRY_SANITIZER) == "none" ? 1'000'000 : 200'000;

// Counts what comes, and keeps none of it.
class CountingHandler final : public AnswerHandler {
  public:
    explicit CountingHandler(std::function<void()> came) : came_(std::move(came)) {}
    void entries(std::vector<ListingEntry> part) override {
        count += part.size();
        came_();
    }
    void listing_ended(const ListingEnd& told) override { end = told; }
    void failed(Error e, ErrorDetail) override { error = std::move(e); }
    bool over() const { return end || error; }

    std::uint64_t count = 0;
    std::optional<ListingEnd> end;
    std::optional<Error> error;

  private:
    std::function<void()> came_;
};

}  // namespace

class LargeListingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LargeListingTest);
    CPPUNIT_TEST(a_million_names_are_never_many_at_once);
    CPPUNIT_TEST(a_client_that_does_not_read_stops_the_listing);
    CPPUNIT_TEST(a_long_search_without_a_find_is_not_taken_for_a_dead_server);
    CPPUNIT_TEST(pages_tell_every_name_in_order);
    CPPUNIT_TEST_SUITE_END();

    std::uint64_t told_ = 0;  // names that the store has told
    std::function<void()> on_name_ = [this] { ++told_; };

    std::unique_ptr<CsWorld> world_of(std::uint64_t names) {
        auto world = std::make_unique<CsWorld>(1);
        world->server_store = [this, names] {
            return std::make_unique<GeneratedStore>(names, [this] { on_name_(); });
        };
        world->start_server();
        return world;
    }

  public:
    // What is on its way: queued by the server, in the network, in the client's buffers.
    void a_million_names_are_never_many_at_once() {
        auto world = world_of(kManyNames);
        world->connect();
        std::uint64_t most = 0;
        std::shared_ptr<CountingHandler> handler;
        handler = std::make_shared<CountingHandler>(
            [&] { most = std::max(most, told_ - handler->count); });
        world->channel->ask(ListingRequest{"", false}, handler);
        CPPUNIT_ASSERT(world->run_until([&] { return handler->over(); }));
        CPPUNIT_ASSERT(handler->end);
        CPPUNIT_ASSERT_EQUAL(kManyNames, handler->end->total);
        CPPUNIT_ASSERT_EQUAL(kManyNames, handler->count);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(most), most < 30'000);
    }
    void a_client_that_does_not_read_stops_the_listing() {
        auto world = world_of(1'000'000);
        auto stream = world->raw_stream();
        const auto frame = make_frame(FrameType::request, ServiceId::listing, RequestId(1),
                                      ListingRequest{"", false}.encode());
        const ByteView bytes(frame);
        CPPUNIT_ASSERT_EQUAL(frame.size(), stream->write(std::span(&bytes, 1)).value());
        world->run_until([] { return false; }, 20s);
        CPPUNIT_ASSERT(told_ > 0);
        CPPUNIT_ASSERT_MESSAGE(std::to_string(told_), told_ < 30'000);
    }
    // Each disk task takes a second, and there are eighty of them.
    void a_long_search_without_a_find_is_not_taken_for_a_dead_server() {
        CsWorld* running = nullptr;
        on_name_ = [&] {
            if (++told_ % limits::kNamesPerStep == 0) running->clock.advance(1s);
        };
        auto world = world_of(80 * limits::kNamesPerStep);
        running = world.get();
        world->connect();
        auto handler = std::make_shared<CountingHandler>([] {});
        world->channel->ask(ListingRequest{"", false, "nothing*"}, handler);
        const auto before = world->clock.now();
        CPPUNIT_ASSERT(world->run_until([&] { return handler->over(); }));
        CPPUNIT_ASSERT_MESSAGE(handler->error ? describe(*handler->error) : "", !handler->error);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, handler->end->total);
        CPPUNIT_ASSERT(world->clock.now() - before >= 80s);
    }
    void pages_tell_every_name_in_order() {
        constexpr std::uint64_t kNames = 20'000;
        auto world = world_of(kNames);
        std::vector<std::string> names;
        ListingRequest request{"", false};
        request.count = 6'000;
        for (bool more = true; more;) {
            const auto page = world->list(request).value();
            for (const auto& entry : page.entries) names.push_back(entry.name);
            request.cursor = page.cursor;
            more = !page.cursor.empty();
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{kNames}, names.size());
        CPPUNIT_ASSERT(std::is_sorted(names.begin(), names.end()));
        CPPUNIT_ASSERT(std::adjacent_find(names.begin(), names.end()) == names.end());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LargeListingTest);
