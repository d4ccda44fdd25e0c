#include "aead_fixture.h"
#include "forged_packet.h"

#include <cppunit/extensions/HelperMacros.h>
#include <crypto_support/engine_pair.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ConnectionSecurity security_of(crypto::EnginePair& engines, Side side) {
    auto& c = PacketCrypto::get();
    auto& engine = side == Side::client ? engines.client : engines.server;
    return {std::move(engine), &c.kdf, &c.aead};
}

ConnectionPair::Options secured() {
    auto options = ConnectionPair::options();
    options.client.protections = options.server.protections = {Protection::aes128_gcm};
    const auto engines = std::make_shared<crypto::EnginePair>();
    options.security = [engines](Side side) { return security_of(*engines, side); };
    return options;
}

}  // namespace

class ConnectionSecurityTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionSecurityTest);
    CPPUNIT_TEST(carries_bytes_under_keys);
    CPPUNIT_TEST(the_client_may_send_one_round_trip_after_its_first_packet);
    CPPUNIT_TEST(gets_through_loss_and_damage);
    CPPUNIT_TEST(parameters_that_were_changed_on_the_way_let_nothing_through);
    CPPUNIT_TEST(a_certificate_that_is_not_trusted_ends_it);
    CPPUNIT_TEST_SUITE_END();

    bool changed_ = false;

  public:
    void carries_bytes_under_keys() {
        ConnectionPair pair(secured());
        CPPUNIT_ASSERT(pair.confirm());
        CPPUNIT_ASSERT(pair.client().protection() == Protection::aes128_gcm);
        CPPUNIT_ASSERT(pair.client().tls()->peer().authenticated);
        bool readable = false;
        pair.watch = [&](Side, ByteView datagram) {
            readable = readable || as_text(datagram).find("secret") != std::string_view::npos;
            return true;
        };
        const auto id = pair.client().open_stream().value();
        (void)pair.client().write(id, as_bytes("secret words"));
        pair.run_for(milliseconds(100));
        std::array<std::byte, 100> into{};
        const auto got = pair.server().read(id, into, pair.now()).value();
        CPPUNIT_ASSERT_EQUAL(std::string("secret words"),
                             std::string(as_text(ByteView(into).first(got.count))));
        CPPUNIT_ASSERT(!readable);
    }
    void the_client_may_send_one_round_trip_after_its_first_packet() {
        ConnectionPair pair(secured());
        CPPUNIT_ASSERT(pair.run(
            [&] { return pair.client().state() != ConnectionState::handshaking; }, seconds(1)));
        CPPUNIT_ASSERT(pair.now() < TimePoint(milliseconds(45)));
    }
    void gets_through_loss_and_damage() {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            auto options = secured();
            options.seed = seed;
            options.forth.loss = options.back.loss = 0.1;
            options.forth.corrupt = options.back.corrupt = 0.05;
            options.forth.reorder = 0.1;
            ConnectionPair pair(options);
            CPPUNIT_ASSERT(pair.confirm(seconds(25)));
            TransferCheck transfer(pair.client(), pair.server(),
                                   pair.client().open_stream().value(), 100'000);
            CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(30)));
        }
    }
    void parameters_that_were_changed_on_the_way_let_nothing_through() {
        ConnectionPair pair(secured());
        pair.change = [&](Side from, ByteSpan datagram) {
            if (from != Side::client || !is_long(datagram) || datagram[0] != std::byte{0xC0})
                return;
            auto text = as_text(datagram);
            const auto at = text.find(std::string("\x06\x02\x40\x64", 4));
            if (at == std::string_view::npos) return;
            datagram[at + 3] = std::byte{0x63};
            place_checksum(datagram);
            changed_ = true;
        };
        CPPUNIT_ASSERT(!pair.confirm(seconds(20)));
        CPPUNIT_ASSERT(changed_);
    }
    void a_certificate_that_is_not_trusted_ends_it() {
        auto options = secured();
        options.security = [](Side side) {
            static crypto::EnginePair engines(
                crypto::EnginePair::pinned(crypto::EnginePair::certificates().other),
                crypto::EnginePair::serving(crypto::EnginePair::certificates().server));
            return security_of(engines, side);
        };
        ConnectionPair pair(options);
        pair.run_for(seconds(20));
        const auto at_client = end_of(pair, Side::client);
        const auto at_server = end_of(pair, Side::server);
        CPPUNIT_ASSERT(at_client && at_client->error.code == ErrorCode::security);
        CPPUNIT_ASSERT(at_server && at_server->by_peer);
        CPPUNIT_ASSERT(at_server->error.code == ErrorCode::security);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionSecurityTest);
