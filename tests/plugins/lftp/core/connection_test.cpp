#include "connection_pair.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool all(std::vector<TransferCheck>& transfers, TimePoint now) {
    bool done = true;
    for (auto& transfer : transfers) done = transfer.pump(now) && done;
    return done;
}

}  // namespace

class ConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionTest);
    CPPUNIT_TEST(both_ends_come_to_confirmed);
    CPPUNIT_TEST(carries_a_stream_from_the_client);
    CPPUNIT_TEST(the_client_may_send_with_its_second_flight);
    CPPUNIT_TEST(carries_streams_both_ways_at_once);
    CPPUNIT_TEST(tells_of_streams_that_the_peer_opens);
    CPPUNIT_TEST(a_close_reaches_the_peer_with_its_code_and_reason);
    CPPUNIT_TEST(ends_by_itself_when_the_peer_is_gone);
    CPPUNIT_TEST(keeps_an_idle_connection_alive);
    CPPUNIT_TEST(gives_a_handshake_up_that_nobody_answers);
    CPPUNIT_TEST(a_reset_stream_fails_at_the_reader);
    CPPUNIT_TEST(a_reader_can_stop_a_writer);
    CPPUNIT_TEST(has_no_stream_that_was_never_opened);
    CPPUNIT_TEST_SUITE_END();

  public:
    void both_ends_come_to_confirmed() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        CPPUNIT_ASSERT(pair.client().remote_id() == pair.server().local_id());
        CPPUNIT_ASSERT(pair.sent(Side::client) <= 3 && pair.sent(Side::server) <= 3);
        const auto events = pair.events(Side::client);
        CPPUNIT_ASSERT(events.size() == 1 && std::holds_alternative<HandshakeFinished>(events[0]));
    }
    void carries_a_stream_from_the_client() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               300'000);
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(5)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, pair.client().recovery().lost_packets());
    }
    void the_client_may_send_with_its_second_flight() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.run(
            [&] { return pair.client().state() != ConnectionState::handshaking; }, seconds(1)));
        CPPUNIT_ASSERT(pair.now() < TimePoint(milliseconds(41)));
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               5000);
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(1)));
        CPPUNIT_ASSERT(pair.now() < TimePoint(milliseconds(70)));
    }
    void carries_streams_both_ways_at_once() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        std::vector<TransferCheck> transfers;
        for (int i = 0; i < 5; ++i) {
            const auto id = pair.client().open_stream().value();
            transfers.emplace_back(pair.client(), pair.server(), id, 100'000 + i, i);
            transfers.emplace_back(pair.server(), pair.client(), id, 50'000 + i, i + 9);
        }
        CPPUNIT_ASSERT(pair.run([&] { return all(transfers, pair.now()); }, seconds(10)));
    }
    void tells_of_streams_that_the_peer_opens() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        (void)pair.events(Side::server);
        const auto id = pair.client().open_stream().value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, pair.client().write(id, as_bytes("hi")).value());
        pair.run_for(milliseconds(100));
        const auto events = pair.events(Side::server);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, events.size());
        CPPUNIT_ASSERT(std::get<StreamEvent>(events[0]) ==
                       (StreamEvent{StreamEvent::Kind::opened, id}));
        CPPUNIT_ASSERT(std::get<StreamEvent>(events[1]) ==
                       (StreamEvent{StreamEvent::Kind::readable, id}));
    }
    void a_close_reaches_the_peer_with_its_code_and_reason() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        (void)pair.events(Side::server);
        pair.client().shut_down(42, "enough", pair.now());
        pair.run_for(seconds(5));
        CPPUNIT_ASSERT(pair.client().state() == ConnectionState::closed);
        CPPUNIT_ASSERT(pair.server().state() == ConnectionState::closed);
        const auto events = pair.events(Side::server);
        const auto& ended = std::get<ConnectionEnded>(events.back());
        CPPUNIT_ASSERT(ended.by_peer && ended.by_application && ended.code == 42);
        CPPUNIT_ASSERT_EQUAL(std::string("enough"), ended.error.context);
        CPPUNIT_ASSERT(!pair.client().open_stream().ok());
    }
    void ends_by_itself_when_the_peer_is_gone() {
        auto options = ConnectionPair::options();
        options.client.keeps_alive = false;
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        (void)pair.events(Side::client);
        auto gone = options.forth;
        gone.loss = 1;
        pair.link(Side::client).set_options(gone);
        pair.link(Side::server).set_options(gone);
        CPPUNIT_ASSERT(pair.run([&] { return pair.client().state() == ConnectionState::closed; },
                                seconds(40)));
        const auto events = pair.events(Side::client);
        CPPUNIT_ASSERT(std::get<ConnectionEnded>(events.back()).error.code == ErrorCode::timeout);
    }
    void keeps_an_idle_connection_alive() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        pair.run_for(std::chrono::minutes(5));
        CPPUNIT_ASSERT(pair.client().state() == ConnectionState::confirmed);
        CPPUNIT_ASSERT(pair.sent(Side::client) + pair.sent(Side::server) < 200);
    }
    void gives_a_handshake_up_that_nobody_answers() {
        auto options = ConnectionPair::options();
        options.back.loss = 1;
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.run([&] { return pair.client().state() == ConnectionState::closed; },
                                seconds(60)));
        const auto events = pair.events(Side::client);
        CPPUNIT_ASSERT(std::get<ConnectionEnded>(events.back()).error.code == ErrorCode::timeout);
        CPPUNIT_ASSERT(pair.sent(Side::client) < 60);
    }
    void a_reset_stream_fails_at_the_reader() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        const auto id = pair.client().open_stream().value();
        (void)pair.client().write(id, as_bytes("half a"));
        pair.client().reset(id, 9);
        pair.run_for(milliseconds(200));
        std::array<std::byte, 10> into{};
        CPPUNIT_ASSERT(pair.server().read(id, into, pair.now()).error().code ==
                       ErrorCode::interrupted);
    }
    void a_reader_can_stop_a_writer() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm(milliseconds(200)));
        const auto id = pair.client().open_stream().value();
        (void)pair.client().write(id, std::vector<std::byte>(500'000));
        pair.run_for(milliseconds(50));
        pair.server().stop(id, 7);
        (void)pair.events(Side::client);
        pair.run_for(milliseconds(100));
        const auto events = pair.events(Side::client);
        CPPUNIT_ASSERT(!events.empty());
        CPPUNIT_ASSERT(std::get<StreamEvent>(events[0]) ==
                       (StreamEvent{StreamEvent::Kind::stopped, id, 7}));
    }
    void has_no_stream_that_was_never_opened() {
        ConnectionPair pair(ConnectionPair::options());
        std::array<std::byte, 10> into{};
        CPPUNIT_ASSERT(pair.client().write(StreamId(0), into).error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(pair.client().read(StreamId(0), into, pair.now()).error().code ==
                       ErrorCode::not_found);
        CPPUNIT_ASSERT(pair.client().open_stream().error().code == ErrorCode::busy);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionTest);
