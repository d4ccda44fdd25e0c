#include "connection_pair.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

}  // namespace

class ConnectionTransmitTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionTransmitTest);
    CPPUNIT_TEST(fills_the_first_packet_up);
    CPPUNIT_TEST(sends_little_before_the_address_is_proved);
    CPPUNIT_TEST(makes_trains_of_datagrams_of_one_size);
    CPPUNIT_TEST(acknowledges_rarely_on_a_clean_path);
    CPPUNIT_TEST(keeps_to_the_pace);
    CPPUNIT_TEST(gets_through_with_tiny_windows);
    CPPUNIT_TEST(says_from_time_to_time_that_it_is_blocked);
    CPPUNIT_TEST_SUITE_END();

  public:
    void fills_the_first_packet_up() {
        ConnectionPair pair(ConnectionPair::options());
        std::array<std::byte, 4000> buffer{};
        const auto first = pair.client().poll_transmit(buffer, pair.now());
        CPPUNIT_ASSERT_EQUAL(limits::kMinDatagram, first.size);
        CPPUNIT_ASSERT_EQUAL(0xC0, std::to_integer<int>(buffer[0]));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, pair.client().poll_transmit(buffer, pair.now()).size);
    }
    void sends_little_before_the_address_is_proved() {
        auto options = ConnectionPair::options();
        options.back.loss = 1;
        ConnectionPair pair(options);
        std::uint64_t from_client = 0;
        pair.watch = [&](Side from, ByteView datagram) {
            if (from == Side::client) from_client += datagram.size();
            return from_client <= 1200 || from == Side::server;
        };
        pair.run_for(seconds(25));
        CPPUNIT_ASSERT(pair.sent_bytes(Side::server) > 0);
        CPPUNIT_ASSERT(pair.sent_bytes(Side::server) <= limits::kAmplification * 1200);
    }
    void makes_trains_of_datagrams_of_one_size() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        const auto id = pair.client().open_stream().value();
        (void)pair.client().write(id, std::vector<std::byte>(20'000));
        std::vector<std::byte> buffer(64 * 1024);
        const auto train = pair.client().poll_transmit(buffer, pair.now());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1200}, train.segment);
        CPPUNIT_ASSERT(train.size > 20'000 && train.size < 21'000);
        const auto small = pair.client().poll_transmit(ByteSpan(buffer).first(1000), pair.now());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, small.size);
    }
    void acknowledges_rarely_on_a_clean_path() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               4'000'000);
        const std::uint64_t forth = pair.sent(Side::client);
        const std::uint64_t back = pair.sent(Side::server);
        const std::uint64_t back_bytes = pair.sent_bytes(Side::server);
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(10)));
        const std::uint64_t packets = pair.sent(Side::client) - forth;
        CPPUNIT_ASSERT(packets < 3500);
        CPPUNIT_ASSERT((pair.sent(Side::server) - back) * 9 < packets);
        CPPUNIT_ASSERT(pair.sent_bytes(Side::server) - back_bytes < 40'000);
    }
    void keeps_to_the_pace() {
        auto options = ConnectionPair::options();
        options.controller = [] { return std::make_unique<FakeController>(1'000'000, 1'000'000); };
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm());
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               1'000'000);
        const TimePoint begin = pair.now();
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(10)));
        CPPUNIT_ASSERT(pair.now() - begin > milliseconds(900));
        CPPUNIT_ASSERT(pair.now() - begin < milliseconds(1200));
    }
    void gets_through_with_tiny_windows() {
        for (const std::uint64_t window : {1U, 100U, 3000U}) {
            auto options = ConnectionPair::options();
            options.server.streams.window = options.server.streams.max_window = window;
            options.server.window = options.server.max_window = window + 1;
            ConnectionPair pair(options);
            CPPUNIT_ASSERT(pair.confirm());
            TransferCheck transfer(pair.client(), pair.server(),
                                   pair.client().open_stream().value(), 20 * window);
            CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(30)));
        }
    }
    void says_from_time_to_time_that_it_is_blocked() {
        auto options = ConnectionPair::options();
        options.server.streams.window = options.server.streams.max_window = 1000;
        options.client.keeps_alive = options.server.keeps_alive = false;
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm());
        const auto id = pair.client().open_stream().value();
        (void)pair.client().write(id, std::vector<std::byte>(5000));
        pair.run_for(seconds(100));
        CPPUNIT_ASSERT(pair.client().state() == ConnectionState::confirmed);
        CPPUNIT_ASSERT(pair.sent(Side::client) > 8 && pair.sent(Side::client) < 40);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionTransmitTest);
