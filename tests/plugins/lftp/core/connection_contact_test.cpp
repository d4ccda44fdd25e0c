#include "aead_fixture.h"
#include "forged_packet.h"

#include <cppunit/extensions/HelperMacros.h>
#include <crypto_support/engine_pair.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr ConnectionId kRetryId{0x4444};
constexpr Version kDraft{0x1A2A3A4A};
constexpr std::string_view kCookieText = "cookie";

ConnectionPair::Options with_tls(ConnectionPair::Options options) {
    options.client.protections = options.server.protections = {Protection::aes128_gcm};
    const auto engines = std::make_shared<crypto::EnginePair>();
    options.security = [engines](Side side) -> ConnectionSecurity {
        auto& c = PacketCrypto::get();
        auto& engine = side == Side::client ? engines->client : engines->server;
        return {std::move(engine), &c.kdf, &c.aead};
    };
    return options;
}

template <class Packet>
void hand_to_client(ConnectionPair& pair, const Packet& packet) {
    std::array<std::byte, 400> bytes{};
    ByteWriter writer(bytes);
    packet.encode(writer);
    pair.client().receive(ByteSpan(bytes).first(writer.size()), EcnMark::none, pair.now());
}

// Takes the first datagrams of the client away, and says what the first was.
std::vector<std::byte> first_flight(ConnectionPair& pair) {
    std::vector<std::byte> out;
    std::array<std::byte, 1200> buffer{};
    while (const auto size = pair.client().poll_transmit(buffer, pair.now()).size)
        if (out.empty()) out.assign(buffer.begin(), buffer.begin() + size);
    return out;
}

// A server that got the cookie back, and its client, to which the retry has come.
ConnectionPair::Options behind_a_retry() {
    auto options = ConnectionPair::options();
    options.server.retry = kRetryId;
    options.server.address_proved = true;
    return options;
}
void send_retry(ConnectionPair& pair) {
    (void)first_flight(pair);
    hand_to_client(pair, RetryPacket{ConnectionId(0x1111), kRetryId, ConnectionId(0x2222),
                                     as_bytes(kCookieText)});
}

}  // namespace

// The packets that come before, or instead of, the server's word in the handshake.
class ConnectionContactTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionContactTest);
    CPPUNIT_TEST(a_retry_brings_the_cookie_into_every_first_packet);
    CPPUNIT_TEST(both_ends_agree_on_keys_after_a_retry);
    CPPUNIT_TEST(keys_differ_when_only_one_side_knows_of_a_retry);
    CPPUNIT_TEST(starts_over_in_another_version);
    CPPUNIT_TEST(gives_up_when_no_version_is_shared);
    CPPUNIT_TEST(a_server_refuses_a_client_that_was_talked_down);
    CPPUNIT_TEST(a_reset_with_the_token_ends_it);
    CPPUNIT_TEST(a_reset_without_the_token_does_nothing);
    CPPUNIT_TEST(drops_a_first_packet_in_a_small_datagram);
    CPPUNIT_TEST_SUITE_END();

    void reset_with(std::byte first, std::uint64_t source, ConnectionState wanted) {
        auto options = ConnectionPair::options();
        options.server.reset_token.fill(std::byte{7});
        ConnectionPair pair(options);
        ResetPacket reset{ConnectionId(source), options.server.reset_token};
        reset.token[0] = first;
        CPPUNIT_ASSERT(
            pair.run([&] { return pair.client().state() == ConnectionState::open; }, seconds(1)));
        hand_to_client(pair, ResetPacket{pair.client().remote_id(), {}});  // no token is known yet
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(milliseconds(100));
        hand_to_client(pair, reset);
        CPPUNIT_ASSERT(pair.client().state() == wanted);
        const auto ended = end_of(pair, Side::client);
        CPPUNIT_ASSERT_EQUAL(wanted == ConnectionState::draining, ended.has_value());
        if (ended) CPPUNIT_ASSERT(ended->by_peer && ended->error.code == ErrorCode::network);
    }

  public:
    void a_retry_brings_the_cookie_into_every_first_packet() {
        auto options = behind_a_retry();
        options.forth.loss = 0.5;
        options.seed = 3;
        ConnectionPair pair(options);
        int firsts = 0;
        pair.watch = [&](Side from, ByteView datagram) {
            if (from == Side::server || datagram[0] != std::byte{0xC0}) return true;
            const auto packet = LongPacket::decode(datagram).value();
            CPPUNIT_ASSERT_EQUAL(std::string(kCookieText), std::string(as_text(packet.cookie)));
            CPPUNIT_ASSERT(packet.header.destination == kRetryId && packet.number.value() > 0);
            return ++firsts > 2;
        };
        send_retry(pair);
        CPPUNIT_ASSERT(pair.confirm(seconds(25)));
        CPPUNIT_ASSERT(firsts > 2);
    }
    void both_ends_agree_on_keys_after_a_retry() {
        ConnectionPair pair(with_tls(behind_a_retry()));
        send_retry(pair);
        CPPUNIT_ASSERT(pair.confirm());
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               20'000);
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(2)));
    }
    void keys_differ_when_only_one_side_knows_of_a_retry() {
        auto options = with_tls(behind_a_retry());
        options.server.original = kRetryId;
        ConnectionPair pair(options);
        send_retry(pair);
        CPPUNIT_ASSERT(!pair.confirm(seconds(20)));
    }
    void starts_over_in_another_version() {
        for (const bool tls : {false, true}) {
            auto options = ConnectionPair::options();
            options.client.versions = {kDraft, kVersion1};
            options.client.version = kDraft;
            if (tls) options = with_tls(options);
            ConnectionPair pair(options);
            CPPUNIT_ASSERT(peek_long_header(first_flight(pair))->version == kDraft);
            hand_to_client(
                pair, VersionNegotiation{ConnectionId(0x1111), ConnectionId(0x2222), {kVersion1}});
            CPPUNIT_ASSERT(pair.confirm());
            TransferCheck transfer(pair.client(), pair.server(),
                                   pair.client().open_stream().value(), 20'000);
            CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(2)));
        }
    }
    void gives_up_when_no_version_is_shared() {
        ConnectionPair pair(ConnectionPair::options());
        (void)first_flight(pair);
        hand_to_client(pair,
                       VersionNegotiation{ConnectionId(0x1111), ConnectionId(0x2222), {kDraft}});
        CPPUNIT_ASSERT(pair.client().state() == ConnectionState::closed);
        const auto ended = end_of(pair, Side::client);
        CPPUNIT_ASSERT(ended && !ended->by_peer);
        CPPUNIT_ASSERT(ended->code == static_cast<std::uint64_t>(TransportError::version_error));
        CPPUNIT_ASSERT(ended->error.code == error_code_of(TransportError::version_error));
    }
    void a_server_refuses_a_client_that_was_talked_down() {
        auto options = ConnectionPair::options();
        options.client.versions = options.server.versions = {kDraft, kVersion1};
        options.client.version = kDraft;
        ConnectionPair pair(options);
        (void)first_flight(pair);
        hand_to_client(pair,
                       VersionNegotiation{ConnectionId(0x1111), ConnectionId(0x2222), {kVersion1}});
        CPPUNIT_ASSERT(!pair.confirm());
        const auto ended = end_of(pair, Side::server);
        CPPUNIT_ASSERT(ended);
        CPPUNIT_ASSERT(ended->code == static_cast<std::uint64_t>(TransportError::version_error));
    }
    void a_reset_with_the_token_ends_it() {
        reset_with(std::byte{7}, 0x3333, ConnectionState::draining);
    }
    void a_reset_without_the_token_does_nothing() {
        reset_with(std::byte{8}, 0x3333, ConnectionState::confirmed);
        reset_with(std::byte{7}, 0x3334, ConnectionState::confirmed);
    }
    void drops_a_first_packet_in_a_small_datagram() {
        ConnectionPair pair(ConnectionPair::options());
        auto first = first_flight(pair);
        std::fill(first.end() - 8, first.end(), std::byte{0});
        first.resize(first.size() - 1);
        place_checksum(first);
        pair.server().receive(first, EcnMark::none, pair.now());
        std::array<std::byte, 1200> buffer{};
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, pair.server().poll_transmit(buffer, pair.now()).size);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionContactTest);
