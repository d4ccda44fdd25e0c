#include <cppunit/extensions/HelperMacros.h>
#include <gantry/bytes/writer.h>
#include <lftp/core/doorkeeper.h>
#include <lftp/core/limits.h>
#include <lftp/wire/checksum.h>
#include <lftp/wire/retry_packet.h>
#include <lftp/wire/version_negotiation.h>

#include "aead_fixture.h"

namespace gantry::lftp {
namespace {

constexpr ConnectionId kKnocker{1};
constexpr ConnectionId kKnocked{2};
constexpr ConnectionId kOfRetry{3};

class DoorkeeperTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DoorkeeperTest);
    CPPUNIT_TEST(a_first_packet_is_let_in);
    CPPUNIT_TEST(under_load_it_is_answered_by_a_retry);
    CPPUNIT_TEST(whoever_brings_the_cookie_back_is_let_in);
    CPPUNIT_TEST(a_cookie_of_another_address_is_none);
    CPPUNIT_TEST(with_too_many_half_open_nobody_is_let_in);
    CPPUNIT_TEST(another_version_is_told_ours);
    CPPUNIT_TEST(what_is_short_or_damaged_gets_no_answer);
    CPPUNIT_TEST(a_version_negotiation_is_never_answered);
    CPPUNIT_TEST(a_stray_packet_is_answered_by_a_reset_with_the_connections_token);
    CPPUNIT_TEST(a_reset_is_smaller_than_what_it_answers);
    CPPUNIT_TEST(a_hundred_resets_go_out_in_a_second);
    CPPUNIT_TEST_SUITE_END();

    Doorkeeper door_ = Doorkeeper::make(PacketCrypto::get().kdf, as_bytes("key")).value();
    const Endpoint from_ = Endpoint::parse("192.0.2.1:4000").value();
    const TimePoint now_{std::chrono::seconds(1000)};

    static std::vector<std::byte> first(ConnectionId to, ByteView cookie = {},
                                        Version version = kVersion1) {
        std::vector<std::byte> datagram(limits::kMinDatagram);
        ByteWriter writer(datagram);
        encode_long_header(writer, {LongKind::first, version, to, kKnocker}, cookie, PacketNumber());
        place_checksum(datagram);
        return datagram;
    }
    static std::vector<std::byte> data(std::size_t size) {
        std::vector<std::byte> datagram(size);
        ByteWriter writer(datagram);
        DataHeader{false, kKnocked, 0}.encode(writer);
        return datagram;
    }
    Doorkeeper::Verdict knock(const std::vector<std::byte>& datagram, std::size_t half_open = 0) {
        return door_.on_long(datagram, from_, half_open, kOfRetry, now_);
    }
    static bool is_turned_away(const Doorkeeper::Verdict& verdict) {
        return std::holds_alternative<TurnedAway>(verdict);
    }

    void a_first_packet_is_let_in() {
        const auto in = std::get<Admitted>(knock(first(kKnocked), limits::kRetryAbove - 1));
        CPPUNIT_ASSERT(in.original == kKnocked && in.retry == ConnectionId() && !in.address_proved);
    }
    void under_load_it_is_answered_by_a_retry() {
        const auto reply = std::get<Reply>(knock(first(kKnocked), limits::kRetryAbove));
        const auto retry = RetryPacket::decode(reply).value();
        CPPUNIT_ASSERT(retry.destination == kKnocker && retry.source == kOfRetry);
        CPPUNIT_ASSERT(retry.original == kKnocked && retry.cookie.size() == RetryCookie::kSize);
    }
    void whoever_brings_the_cookie_back_is_let_in() {
        const auto reply = std::get<Reply>(knock(first(kKnocked), limits::kRetryAbove));
        const auto cookie = RetryPacket::decode(reply)->cookie;
        const auto in = std::get<Admitted>(knock(first(kOfRetry, cookie), limits::kRetryAbove));
        CPPUNIT_ASSERT(in.original == kKnocked && in.retry == kOfRetry && in.address_proved);
    }
    void a_cookie_of_another_address_is_none() {
        const auto reply = std::get<Reply>(knock(first(kKnocked), limits::kRetryAbove));
        const auto again = door_.on_long(first(kOfRetry, RetryPacket::decode(reply)->cookie),
                                         Endpoint::parse("192.0.2.2:4000").value(),
                                         limits::kRetryAbove, kOfRetry, now_);
        CPPUNIT_ASSERT(std::holds_alternative<Reply>(again));
    }
    void with_too_many_half_open_nobody_is_let_in() {
        CPPUNIT_ASSERT(is_turned_away(knock(first(kKnocked), limits::kMaxHalfOpen)));
    }
    void another_version_is_told_ours() {
        const auto reply = std::get<Reply>(knock(first(kKnocked, {}, Version(0x1a2a3a4a))));
        const auto offer = VersionNegotiation::decode(reply).value();
        CPPUNIT_ASSERT((offer == VersionNegotiation{kKnocker, kKnocked, {kVersion1}}));
    }
    void what_is_short_or_damaged_gets_no_answer() {
        auto datagram = first(kKnocked);
        datagram[50] ^= std::byte{1};
        CPPUNIT_ASSERT(is_turned_away(knock(datagram)));
        datagram = first(kKnocked, {}, Version(5));
        datagram.pop_back();
        CPPUNIT_ASSERT(is_turned_away(knock(datagram)));
    }
    void a_version_negotiation_is_never_answered() {
        auto datagram = first(kKnocked, {}, Version(0));
        datagram[0] = static_cast<std::byte>(LongKind::version_negotiation);
        CPPUNIT_ASSERT(is_turned_away(knock(datagram)));
    }
    void a_stray_packet_is_answered_by_a_reset_with_the_connections_token() {
        const auto reply = std::get<Reply>(door_.on_stray(data(100), now_));
        const auto reset = ResetPacket::decode(reply).value();
        CPPUNIT_ASSERT(reset.source == kKnocked && reset.token == door_.reset_token(kKnocked));
        CPPUNIT_ASSERT(door_.reset_token(kKnocked) != door_.reset_token(kOfRetry));
    }
    void a_reset_is_smaller_than_what_it_answers() {
        CPPUNIT_ASSERT(is_turned_away(door_.on_stray(data(ResetPacket::kSize), now_)));
        CPPUNIT_ASSERT(!is_turned_away(door_.on_stray(data(ResetPacket::kSize + 1), now_)));
    }
    void a_hundred_resets_go_out_in_a_second() {
        for (unsigned i = 0; i < limits::kMaxResetsPerSecond; ++i)
            CPPUNIT_ASSERT(!is_turned_away(door_.on_stray(data(100), now_)));
        CPPUNIT_ASSERT(is_turned_away(door_.on_stray(data(100), now_)));
        const auto later = now_ + std::chrono::seconds(1);
        CPPUNIT_ASSERT(!is_turned_away(door_.on_stray(data(100), later)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DoorkeeperTest);

}  // namespace
}  // namespace gantry::lftp
