#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/put_request.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// The cable is cut, and neither side hears of it. Each has its resources back in bounded time.
class DeadPeerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeadPeerTest);
    CPPUNIT_TEST(a_client_that_idled);
    CPPUNIT_TEST(a_client_in_the_midst_of_a_file);
    CPPUNIT_TEST(a_client_in_the_midst_of_a_put);
    CPPUNIT_TEST(a_server_in_the_midst_of_a_file);
    CPPUNIT_TEST_SUITE_END();

    static LinkOptions slow_link() {
        LinkOptions link;
        link.rate = BytesPerSecond(200'000);
        return link;
    }
    static void assert_server_free_within(CsWorld& world, Duration limit) {
        world.network.cut("server", "client");
        const auto start = world.clock.now();
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }, 300s));
        CPPUNIT_ASSERT(world.clock.now() - start <= limit);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world.network.open_objects(world.server_loop).streams);
    }

  public:
    void a_client_that_idled() {
        CsWorld world(1);
        world.server_files.write_file("a", "x");
        world.start_server();
        CPPUNIT_ASSERT(!world.get("a").error);
        assert_server_free_within(world, 63s);
    }
    void a_client_in_the_midst_of_a_file() {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            CsWorld world(seed, slow_link());
            world.server_files.write_file("a", content(900'000));
            world.start_server();
            world.connect();
            bool over = false;  // at the client
            const auto get = world.begin_get("a", false, true, Overwrite::yes,
                                             [&](DownloadResult) { over = true; });
            world.clock.run_for(std::chrono::milliseconds(500 * seed));
            assert_server_free_within(world, 63s);
            CPPUNIT_ASSERT(world.run_until([&] { return over; }, 61s));
        }
    }
    void a_client_in_the_midst_of_a_put() {
        CsWorld world(1);
        world.start_server({.writable = true});
        const auto stream = world.raw_stream();
        const auto request = make_frame(FrameType::request, ServiceId::put, RequestId(1),
                                        PutRequest{"b", 9, CheckAlgorithm::none, true}.encode());
        const ByteView view(request);
        CPPUNIT_ASSERT(stream->write(std::span(&view, 1)).ok());
        world.clock.run_for(1s);
        assert_server_free_within(world, 33s);
        CPPUNIT_ASSERT(world.server_files.all_names().empty());
    }
    void a_server_in_the_midst_of_a_file() {
        CsWorld world(1, slow_link());
        world.server_files.write_file("a", content(900'000));
        world.start_server();
        world.connect();
        std::optional<DownloadResult> result;
        const auto get = world.begin_get("a", false, true, Overwrite::yes,
                                         [&](DownloadResult r) { result = std::move(r); });
        world.clock.run_for(1s);
        world.network.cut("server", "client");
        CPPUNIT_ASSERT(world.run_until([&] { return result.has_value(); }, 61s));
        CPPUNIT_ASSERT(result->error->code == ErrorCode::timeout);
        CPPUNIT_ASSERT(world.client_files.all_names().empty());
        CPPUNIT_ASSERT(!world.channel->usable());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DeadPeerTest);
