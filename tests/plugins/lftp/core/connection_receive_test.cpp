#include "forged_packet.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// What a server closes with that gets these frames.
TransportError code_for(const std::string& frames) {
    ConnectionPair pair(ConnectionPair::options());
    CPPUNIT_ASSERT(pair.confirm());
    forge(pair, Side::server, frames, 1000);
    const auto ended = end_of(pair, Side::server);
    return ended ? static_cast<TransportError>(ended->code) : TransportError::no_error;
}

}  // namespace

class ConnectionReceiveTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionReceiveTest);
    CPPUNIT_TEST(closes_with_the_code_of_what_was_wrong);
    CPPUNIT_TEST(tells_the_peer_why);
    CPPUNIT_TEST(skips_optional_frames_and_takes_a_packet_once);
    CPPUNIT_TEST(drops_packets_that_are_damaged_or_for_others);
    CPPUNIT_TEST(keeps_data_that_comes_before_the_handshake);
    CPPUNIT_TEST(keeps_no_more_of_them_than_the_limit);
    CPPUNIT_TEST(answers_path_challenges_but_not_without_end);
    CPPUNIT_TEST(acknowledges_as_often_as_it_is_asked_to);
    CPPUNIT_TEST_SUITE_END();

  public:
    void closes_with_the_code_of_what_was_wrong() {
        CPPUNIT_ASSERT(code_for("21") == TransportError::frame_encoding);
        CPPUNIT_ASSERT(code_for("0a 00 09 61") == TransportError::frame_encoding);
        CPPUNIT_ASSERT(code_for("02 4fff 00 00 00") == TransportError::protocol_violation);
        CPPUNIT_ASSERT(code_for("1e 00000000000000000000000000000000") ==
                       TransportError::protocol_violation);
        CPPUNIT_ASSERT(code_for("0a 01 01 61") == TransportError::stream_state);
        CPPUNIT_ASSERT(code_for("0a 7ffe 01 61") == TransportError::stream_limit);
        CPPUNIT_ASSERT(code_for("0e 00 bfffffff 01 61") == TransportError::flow_control);
        CPPUNIT_ASSERT(code_for("0b 00 01 61 0a 00 02 6162") == TransportError::final_size);
        CPPUNIT_ASSERT(code_for("06 bfffffff 01 61") == TransportError::crypto_buffer);
    }
    void tells_the_peer_why() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        forge(pair, Side::server, "21", 1000);
        pair.run_for(milliseconds(100));
        const auto ended = end_of(pair, Side::client);
        CPPUNIT_ASSERT(ended && ended->by_peer && !ended->by_application && ended->code == 7);
        CPPUNIT_ASSERT(ended->error.code == ErrorCode::protocol);
    }
    void skips_optional_frames_and_takes_a_packet_once() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        forge(pair, Side::server, "85 02 aabb 0a 00 01 61", 1000);
        forge(pair, Side::server, "0a 00 01 62", 1000);
        std::array<std::byte, 10> into{};
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pair.server().read(StreamId(0), into, {})->count);
        CPPUNIT_ASSERT(into[0] == std::byte{0x61});
    }
    void drops_packets_that_are_damaged_or_for_others() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        (void)pair.events(Side::server);
        auto bytes = from_hex("40000000000000333300000fff0b0001614141414100").value();
        pair.server().receive(bytes, EcnMark::none, pair.now());
        std::vector<std::byte> noise(100, std::byte{0xD0});
        pair.server().receive(noise, EcnMark::none, pair.now());
        pair.server().receive({}, EcnMark::none, pair.now());
        CPPUNIT_ASSERT(pair.events(Side::server).empty());
        CPPUNIT_ASSERT(pair.server().state() == ConnectionState::confirmed);
    }
    void keeps_data_that_comes_before_the_handshake() {
        auto options = ConnectionPair::options();
        options.server.address_proved = true;
        ConnectionPair pair(options);
        bool lost = false;
        pair.watch = [&](Side from, ByteView datagram) {
            if (from == Side::server && is_long(datagram) && !lost) return !(lost = true);
            return true;
        };
        CPPUNIT_ASSERT(pair.run(
            [&] { return pair.server().state() != ConnectionState::handshaking; }, seconds(1)));
        const auto id = pair.server().open_stream().value();
        (void)pair.server().write(id, as_bytes("early"));
        CPPUNIT_ASSERT(pair.confirm(seconds(3)));
        CPPUNIT_ASSERT(lost);
        std::array<std::byte, 10> into{};
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, pair.client().read(id, into, pair.now())->count);
    }
    void keeps_no_more_of_them_than_the_limit() {
        ConnectionPair pair(ConnectionPair::options());
        for (std::uint64_t i = 0; i < limits::kMaxEarlyPackets + 10; ++i)
            forge(pair, Side::client, "0a 01 01 61", i);
        CPPUNIT_ASSERT(pair.run(
            [&] { return pair.client().state() != ConnectionState::handshaking; }, seconds(1)));
        forge(pair, Side::client, "0e 01 01 01 62", limits::kMaxEarlyPackets);
        std::array<std::byte, 10> into{};
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, pair.client().read(StreamId(1), into, {})->count);
    }
    void answers_path_challenges_but_not_without_end() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        for (std::uint64_t i = 0; i < 20; ++i)
            forge(pair, Side::server, "1a 0102030405060708", 1000 + i);
        std::array<std::byte, 4000> buffer{};
        const auto train = pair.server().poll_transmit(buffer, pair.now());
        const std::string sent = to_hex(ByteView(buffer).first(train.size));
        std::size_t answers = 0;
        for (auto at = sent.find("1b0102030405060708"); at != std::string::npos;
             at = sent.find("1b0102030405060708", at + 1))
            ++answers;
        CPPUNIT_ASSERT_EQUAL(limits::kMaxPathResponses, answers);
    }
    void acknowledges_as_often_as_it_is_asked_to() {
        ConnectionPair pair(ConnectionPair::options());
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(milliseconds(100));
        forge(pair, Side::server, "20 05 02 00 00", 1000);
        forge(pair, Side::server, "20 04 20 00 00", 1001);
        std::array<std::byte, 1500> buffer{};
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, pair.server().poll_transmit(buffer, pair.now()).size);
        forge(pair, Side::server, "01", 1002);
        CPPUNIT_ASSERT(pair.server().poll_transmit(buffer, pair.now()).size > 0);
        forge(pair, Side::server, "01 1f", 1003);
        CPPUNIT_ASSERT(pair.server().poll_transmit(buffer, pair.now()).size > 0);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionReceiveTest);
