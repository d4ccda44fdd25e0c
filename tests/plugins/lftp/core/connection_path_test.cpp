#include "forged_packet.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Endpoint place(const char* text) { return Endpoint::parse(text).value(); }
const Endpoint kFirstPlace = place("192.0.2.1:4000");
const Endpoint kNewPort = place("192.0.2.1:4001");
const Endpoint kNewHost = place("198.51.100.7:4000");

ConnectionPair::Options at_home() {
    auto options = ConnectionPair::options();
    options.server.peer = kFirstPlace;
    return options;
}

// How many controllers the server had after the client moved there, once all has come.
int controllers_after(const Endpoint& there, Side writer) {
    auto options = at_home();
    int made = 0;
    options.server.fresh_controller = [&] {
        ++made;
        return std::make_unique<FakeController>(64 * 1200, 2'000'000);
    };
    ConnectionPair pair(options);
    CPPUNIT_ASSERT(pair.confirm());
    const auto id = pair.client().open_stream().value();
    const bool up = writer == Side::client;
    (void)pair.client().write(id, as_bytes("x"));  // opens it
    TransferCheck down(pair.server(), pair.client(), id, 1'000'000);
    TransferCheck more(pair.client(), pair.server(), pair.client().open_stream().value(), 900'000);
    auto& transfer = up ? more : down;
    const auto done = [&] { return transfer.pump(pair.now()); };
    CPPUNIT_ASSERT(!pair.run(done, milliseconds(200)));
    pair.client_address = there;
    CPPUNIT_ASSERT(pair.run(done, seconds(5)));
    pair.run_for(seconds(1));
    CPPUNIT_ASSERT(pair.server().path().address() == there && pair.server().path().proved());
    return made;
}

}  // namespace

class ConnectionPathTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionPathTest);
    CPPUNIT_TEST(goes_on_from_another_port_with_what_it_knows);
    CPPUNIT_TEST(starts_anew_on_the_way_to_another_host);
    CPPUNIT_TEST(sends_at_most_three_times_what_came_from_there);
    CPPUNIT_TEST(returns_when_nobody_answers_at_the_new_address);
    CPPUNIT_TEST(an_old_packet_from_elsewhere_moves_nothing);
    CPPUNIT_TEST(answers_a_challenge_where_it_came_from);
    CPPUNIT_TEST(an_idle_client_that_moves_is_followed_at_its_next_ping);
    CPPUNIT_TEST(without_randomness_it_stays_where_it_is);
    CPPUNIT_TEST_SUITE_END();

    // Gives the server a ping from elsewhere.
    static void ping_from(Connection& server, const Endpoint& from, std::uint64_t number,
                          TimePoint now, const char* frames = "01") {
        std::array<std::byte, 100> bytes{};
        ByteWriter writer(bytes);
        DataHeader{false, server.local_id(), static_cast<std::uint32_t>(number)}.encode(writer);
        writer.bytes(from_hex(frames).value());
        write_checksum(writer);
        server.receive(ByteSpan(bytes).first(writer.size()), EcnMark::none, now, from);
    }

  public:
    void goes_on_from_another_port_with_what_it_knows() {
        CPPUNIT_ASSERT_EQUAL(0, controllers_after(kNewPort, Side::server));
        CPPUNIT_ASSERT_EQUAL(0, controllers_after(kNewPort, Side::client));
    }
    void starts_anew_on_the_way_to_another_host() {
        CPPUNIT_ASSERT_EQUAL(1, controllers_after(kNewHost, Side::server));
        CPPUNIT_ASSERT_EQUAL(1, controllers_after(kNewHost, Side::client));
    }
    void sends_at_most_three_times_what_came_from_there() {
        ConnectionPair pair(at_home());
        CPPUNIT_ASSERT(pair.confirm());
        const auto id = pair.server().open_stream().value();
        (void)pair.server().write(id, std::vector<std::byte>(50'000));
        ping_from(pair.server(), kNewHost, 50, pair.now());
        std::vector<std::byte> buffer(64 * 1024);
        std::size_t sent = 0;
        while (const auto size = pair.server().poll_transmit(buffer, pair.now()).size) sent += size;
        CPPUNIT_ASSERT(sent > 20 && sent <= 3 * 18);
    }
    void returns_when_nobody_answers_at_the_new_address() {
        ConnectionPair pair(at_home());
        CPPUNIT_ASSERT(pair.confirm());
        TransferCheck transfer(pair.server(), pair.client(), pair.server().open_stream().value(),
                               100'000);
        (void)pair.client().write(pair.client().open_stream().value(), as_bytes("here"));
        pair.client_address = kNewHost;
        pair.run_for(milliseconds(25));
        CPPUNIT_ASSERT(pair.server().path().address() == kNewHost);
        pair.client_address = kFirstPlace;
        pair.watch = [](Side from, ByteView) { return from == Side::server; };
        pair.run_for(seconds(4));
        CPPUNIT_ASSERT(pair.server().path().address() == kFirstPlace);
        pair.watch = [](Side, ByteView) { return true; };
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(10)));
    }
    void an_old_packet_from_elsewhere_moves_nothing() {
        ConnectionPair pair(at_home());
        CPPUNIT_ASSERT(pair.confirm());
        forge(pair, Side::server, "01", 60);
        ping_from(pair.server(), kNewHost, 50, pair.now());
        CPPUNIT_ASSERT(pair.server().path().address() == kFirstPlace);
    }
    void answers_a_challenge_where_it_came_from() {
        ConnectionPair pair(at_home());
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(milliseconds(100));
        forge(pair, Side::server, "01", 60);
        ping_from(pair.server(), kNewHost, 50, pair.now(), "1a0102030405060708");
        std::array<std::byte, 1300> buffer{};
        const auto answer = pair.server().poll_transmit(buffer, pair.now());
        CPPUNIT_ASSERT(answer.to == kNewHost && answer.size < 60);
        const auto rest = pair.server().poll_transmit(buffer, pair.now());
        CPPUNIT_ASSERT(rest.size > 0 && rest.to == kFirstPlace);
    }
    void an_idle_client_that_moves_is_followed_at_its_next_ping() {
        ConnectionPair pair(at_home());
        CPPUNIT_ASSERT(pair.confirm());
        pair.client_address = kNewHost;
        pair.run_for(seconds(20));
        CPPUNIT_ASSERT(pair.server().path().address() == kNewHost && pair.server().path().proved());
    }
    void without_randomness_it_stays_where_it_is() {
        ConnectionSettings settings = at_home().server;
        settings.address_proved = true;
        Connection server(settings, std::make_unique<FakeController>(20'000), TimePoint());
        ping_from(server, kNewHost, 50, TimePoint());
        CPPUNIT_ASSERT(server.path().address() == kFirstPlace);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionPathTest);
