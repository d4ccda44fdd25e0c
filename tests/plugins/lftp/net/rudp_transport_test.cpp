#include "rudp_world.h"

namespace gantry::lftp {
namespace {

testing::LinkOptions slow(double loss = 0) {
    testing::LinkOptions link;
    link.delay = std::chrono::milliseconds(50);
    link.loss = loss;
    return link;
}

// What only rudp's transport does; the suites of transports and streams have the rest.
class RudpTransportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RudpTransportTest);
    CPPUNIT_TEST(what_a_stream_left_arrives_without_its_port);
    CPPUNIT_TEST(what_a_stream_left_leaves_no_timer_on_its_loop);
    CPPUNIT_TEST(bytes_arrive_whole_over_a_link_that_loses_a_tenth);
    CPPUNIT_TEST(who_stops_waits_until_what_is_left_has_arrived);
    CPPUNIT_TEST(who_stops_waits_no_longer_than_it_may);
    CPPUNIT_TEST(beyond_the_backlog_of_a_paused_listener_a_client_is_refused);
    CPPUNIT_TEST(a_crowd_is_let_in_by_retries);
    CPPUNIT_TEST(a_client_that_missed_the_close_is_reset);
    CPPUNIT_TEST(a_shared_port_is_unsupported);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t kMuch = 300'000;

    // Writes much, and drops the stream at once.
    static std::string leave_much(RudpWorld& world) {
        auto stream = world.connect();
        world.run_until([&] { return !world.accepted.empty(); });
        const std::string text(kMuch, 'x');
        CPPUNIT_ASSERT_EQUAL(kMuch, RudpWorld::write(*stream, text));
        return text;
    }
    static void expect_all(RudpWorld& world, const std::string& text) {
        std::string got;
        world.run_until([&] { return RudpWorld::read_all(*world.accepted.front(), got); });
        CPPUNIT_ASSERT(got == text);
    }

    void what_a_stream_left_arrives_without_its_port() {
        RudpWorld world(slow());
        world.listen();
        expect_all(world, leave_much(world));
    }
    void what_a_stream_left_leaves_no_timer_on_its_loop() {
        RudpWorld world(slow());
        world.listen();
        (void)leave_much(world);
        world.accepted.clear();
        world.listener.reset();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world.user.live_timers());
    }
    void bytes_arrive_whole_over_a_link_that_loses_a_tenth() {
        RudpWorld world(slow(0.1));
        world.listen();
        expect_all(world, leave_much(world));
    }
    void who_stops_waits_until_what_is_left_has_arrived() {
        RudpWorld world(slow());
        world.listen();
        const auto text = leave_much(world);
        bool stopped = false;
        world.client.transport.stop(std::chrono::seconds(60), [&] { stopped = true; });
        world.user.run_for(std::chrono::milliseconds(20));
        CPPUNIT_ASSERT(!stopped);
        expect_all(world, text);
        world.run_until([&] { return stopped; }, std::chrono::seconds(2));
    }
    void who_stops_waits_no_longer_than_it_may() {
        RudpWorld world(slow());
        world.listen();
        (void)leave_much(world);
        world.network.cut("server", "client");
        bool stopped = false;
        world.client.transport.stop(std::chrono::seconds(3), [&] { stopped = true; });
        world.user.run_for(std::chrono::milliseconds(2900));
        CPPUNIT_ASSERT(!stopped);
        world.user.run_for(std::chrono::milliseconds(200));
        CPPUNIT_ASSERT(stopped);
    }
    void beyond_the_backlog_of_a_paused_listener_a_client_is_refused() {
        RudpWorld world(slow());
        world.listen(1);
        world.listener->pause();
        auto first = world.connect();
        world.user.run_for(std::chrono::seconds(1));
        auto second = world.connect();
        Error why;
        second->set_callbacks({.closed = [&](Error error) { why = std::move(error); }});
        world.run_until([&] { return why.code != ErrorCode::other || !why.message.empty(); });
        CPPUNIT_ASSERT(why.code == ErrorCode::network);
        world.listener->resume();
        world.run_until([&] { return world.accepted.size() == 1; });
    }
    // More than limits::kRetryAbove begin at once.
    void a_crowd_is_let_in_by_retries() {
        RudpWorld world(slow());
        world.listen(1000);
        std::list<std::optional<Result<std::unique_ptr<Stream>>>> outcomes;
        std::list<Registration> pending;
        for (int i = 0; i < 200; ++i)
            pending.push_back(world.begin_connect(outcomes.emplace_back()));
        world.run_until([&] {
            return std::all_of(outcomes.begin(), outcomes.end(),
                               [](auto& o) { return o.has_value(); });
        });
        for (auto& outcome : outcomes) CPPUNIT_ASSERT(outcome->ok());
        world.run_until([&] { return world.accepted.size() == outcomes.size(); });
    }
    void a_client_that_missed_the_close_is_reset() {
        RudpWorld world(slow());
        world.listen();
        auto stream = world.connect();
        world.run_until([&] { return !world.accepted.empty(); });
        std::optional<Error> why;
        stream->set_callbacks({.closed = [&](Error error) { why = std::move(error); }});
        RudpWorld::write(*stream, "hello");
        world.user.run_for(std::chrono::seconds(1));
        world.network.cut("server", "client");
        world.accepted.clear();
        world.user.run_for(std::chrono::seconds(25));  // the server has forgotten it by now
        CPPUNIT_ASSERT(!why);
        world.network.mend("server", "client");
        RudpWorld::write(*stream, std::string(100, 'x'));
        world.run_until([&] { return why.has_value(); }, std::chrono::seconds(4));
        CPPUNIT_ASSERT(why->code == ErrorCode::network);
    }
    void a_shared_port_is_unsupported() {
        RudpWorld world;
        const auto listener = world.server.transport.listen(
            world.user, {world.network.address("server"), 0}, {.reuse_port = true}, {});
        CPPUNIT_ASSERT(!listener && listener.error().code == ErrorCode::unsupported);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RudpTransportTest);

}  // namespace
}  // namespace gantry::lftp
