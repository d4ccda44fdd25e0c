#include "aead_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/aead_protection.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

constexpr std::uint64_t kPerKey = 10;

PacketNumber number(std::uint64_t n) { return PacketNumber(n); }

std::unique_ptr<PacketProtection> made(TrafficSecret own, TrafficSecret peer) {
    auto out = AeadProtection::create(std::move(own), std::move(peer), kPerKey).value();
    out->on_confirmed();
    return out;
}

std::vector<std::byte> sealed(PacketProtection& from, std::uint64_t n) {
    std::vector<std::byte> packet(DataHeader::kSize + 8 + kAeadTagSize);
    from.prepare(number(n));
    ByteWriter writer(packet);
    DataHeader{from.key_phase(), ConnectionId(1), static_cast<std::uint32_t>(n)}.encode(writer);
    CPPUNIT_ASSERT(from.seal(number(n), packet).ok());
    return packet;
}

bool opened(PacketProtection& to, std::uint64_t n, std::vector<std::byte>& packet) {
    const auto header = DataHeader::decode(packet);
    return header && to.unseal(number(n), *header, packet).ok();
}

// What is wrong with it, if anything.
std::optional<ErrorCode> fault(PacketProtection& to, std::uint64_t n,
                               std::vector<std::byte>& packet) {
    const auto frames = to.unseal(number(n), DataHeader::decode(packet).value(), packet);
    return frames ? std::nullopt : std::optional(frames.error().code);
}

bool passes(PacketProtection& from, PacketProtection& to, std::uint64_t n) {
    auto packet = sealed(from, n);
    return opened(to, n, packet);
}

}  // namespace

class AeadProtectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AeadProtectionTest);
    CPPUNIT_TEST(seals_the_packet_of_the_document);
    CPPUNIT_TEST(opens_the_packet_of_the_document_under_the_next_key);
    CPPUNIT_TEST(refuses_what_was_changed);
    CPPUNIT_TEST(exchanges_its_key_and_the_peer_follows);
    CPPUNIT_TEST(opens_packets_that_were_overtaken_by_the_exchange);
    CPPUNIT_TEST(exchanges_no_key_before_the_peer_has_shown_that_it_has_the_present_one);
    CPPUNIT_TEST(refuses_an_old_key_behind_a_newer_one);
    CPPUNIT_TEST(refuses_packets_without_frames);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<PacketProtection> client_ =
        made(PacketCrypto::secret('a'), PacketCrypto::secret('b'));
    std::unique_ptr<PacketProtection> server_ =
        made(PacketCrypto::secret('b'), PacketCrypto::secret('a'));

  public:
    void seals_the_packet_of_the_document() {
        auto sender = made(PacketCrypto::document_secret(), PacketCrypto::secret('b'));
        auto packet = from_hex(
                          "40f067a5502a4262b5000000050b000568656c6c6f"
                          "00000000000000000000000000000000")
                          .value();
        CPPUNIT_ASSERT(sender->seal(number((std::uint64_t{1} << 32) + 5), packet).ok());
        CPPUNIT_ASSERT_EQUAL(
            std::string("40f067a5502a4262b5000000058ed7d51fa6ee24a462cf8acbce2a4a0e"
                        "04c1dc08a7cf33b3"),
            to_hex(packet));
        auto receiver = made(PacketCrypto::secret('b'), PacketCrypto::document_secret());
        const auto frames = receiver->unseal(number((std::uint64_t{1} << 32) + 5),
                                             DataHeader::decode(packet).value(), packet);
        CPPUNIT_ASSERT_EQUAL(std::string("0b000568656c6c6f"), to_hex(frames.value()));
    }
    void opens_the_packet_of_the_document_under_the_next_key() {
        auto receiver = made(PacketCrypto::secret('b'), PacketCrypto::document_secret());
        auto packet =
            from_hex("41f067a5502a4262b50000000695deec24ece118ee85204699f48e599ff0").value();
        const auto frames = receiver->unseal(number((std::uint64_t{1} << 32) + 6),
                                             DataHeader::decode(packet).value(), packet);
        CPPUNIT_ASSERT_EQUAL(std::string("01"), to_hex(frames.value()));
        CPPUNIT_ASSERT(receiver->key_phase());
    }
    void refuses_what_was_changed() {
        auto packet = sealed(*client_, 7);
        for (const std::size_t at : {0U, 5U, 12U, 13U, 20U}) {
            auto changed = packet;
            changed[at] ^= std::byte{2};
            CPPUNIT_ASSERT(!opened(*server_, 7, changed));
        }
        auto other = packet;
        CPPUNIT_ASSERT(!opened(*server_, 8, other));
        CPPUNIT_ASSERT(opened(*server_, 7, packet));
    }
    void exchanges_its_key_and_the_peer_follows() {
        std::uint64_t n = 0;
        for (int round = 0; round < 5; ++round) {
            for (std::uint64_t i = 0; i < kPerKey; ++i, ++n) {
                CPPUNIT_ASSERT(passes(*client_, *server_, n));
                CPPUNIT_ASSERT(passes(*server_, *client_, n));
            }
            client_->on_acked(number(n - 1));
            server_->on_acked(number(n - 1));
            const bool before = client_->key_phase();
            CPPUNIT_ASSERT(passes(*client_, *server_, n));
            CPPUNIT_ASSERT(client_->key_phase() != before);
            CPPUNIT_ASSERT(server_->key_phase() == client_->key_phase());
            CPPUNIT_ASSERT(passes(*server_, *client_, n));
            ++n;
        }
    }
    void opens_packets_that_were_overtaken_by_the_exchange() {
        for (std::uint64_t n = 0; n < kPerKey; ++n) CPPUNIT_ASSERT(passes(*client_, *server_, n));
        auto late = sealed(*client_, kPerKey);
        client_->on_acked(number(kPerKey - 1));
        CPPUNIT_ASSERT(passes(*client_, *server_, kPerKey + 1));
        CPPUNIT_ASSERT(server_->key_phase());
        CPPUNIT_ASSERT(opened(*server_, kPerKey, late));
    }
    void exchanges_no_key_before_the_peer_has_shown_that_it_has_the_present_one() {
        for (std::uint64_t n = 0; n < 2 * kPerKey; ++n) {
            CPPUNIT_ASSERT(passes(*client_, *server_, n));
            CPPUNIT_ASSERT(!client_->key_phase());
        }
        auto packet = from_hex("40f067a5502a4262b50000000501" + std::string(32, '0')).value();
        CPPUNIT_ASSERT(client_->seal(number(100), packet).error().code == ErrorCode::limit);
    }
    void refuses_an_old_key_behind_a_newer_one() {
        for (std::uint64_t n = 0; n < kPerKey; ++n) CPPUNIT_ASSERT(passes(*client_, *server_, n));
        auto above = sealed(*client_, 50);
        auto first_below = sealed(*client_, 40);
        client_->on_acked(number(kPerKey - 1));
        auto between = sealed(*client_, 45);
        CPPUNIT_ASSERT(opened(*server_, 40, first_below));
        CPPUNIT_ASSERT(opened(*server_, 45, between));
        auto forged = above;
        forged.back() ^= std::byte{1};
        CPPUNIT_ASSERT(fault(*server_, 50, forged) == ErrorCode::integrity);
        CPPUNIT_ASSERT(fault(*server_, 50, above) == ErrorCode::protocol);
    }
    void refuses_packets_without_frames() {
        auto packet = from_hex("40f067a5502a4262b500000005" + std::string(32, '0')).value();
        CPPUNIT_ASSERT(client_->seal(number(5), packet).ok());
        CPPUNIT_ASSERT(
            !server_->unseal(number(5), DataHeader::decode(packet).value(), packet).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AeadProtectionTest);
