#include "aead_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <crypto_support/engine_pair.h>
#include <lftp/core/key_export.h>

using namespace gantry;
using namespace gantry::lftp;

class KeyExportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyExportTest);
    CPPUNIT_TEST(puts_what_was_said_behind_one_another);
    CPPUNIT_TEST(both_sides_have_the_same_keys);
    CPPUNIT_TEST(what_was_changed_on_the_way_makes_other_keys);
    CPPUNIT_TEST(makes_no_keys_for_no_protection);
    CPPUNIT_TEST_SUITE_END();

    crypto::EnginePair engines_ = std::move(crypto::EnginePair().pump());
    std::unique_ptr<PacketProtection> made(Side side, const KeyContext& context) {
        auto& c = PacketCrypto::get();
        const auto& engine = side == Side::client ? *engines_.client : *engines_.server;
        return export_protection(engine, context, side, Protection::aes128_gcm, c.kdf, c.aead)
            .value();
    }
    static std::vector<std::byte> sealed_by(PacketProtection& from) {
        std::vector<std::byte> packet(DataHeader::kSize + 1 + kAeadTagSize);
        ByteWriter writer(packet);
        DataHeader{false, ConnectionId(1), 7}.encode(writer);
        CPPUNIT_ASSERT(from.seal(PacketNumber(7), packet).ok());
        return packet;
    }
    static bool opens(PacketProtection& to, std::vector<std::byte>& packet) {
        return to.unseal(PacketNumber(7), DataHeader::decode(packet).value(), packet).ok();
    }

  public:
    void puts_what_was_said_behind_one_another() {
        const KeyContext context{kVersion1,       ConnectionId(1), ConnectionId(2), ConnectionId(3),
                                 ConnectionId(4), as_bytes("C"),   as_bytes("SS")};
        CPPUNIT_ASSERT_EQUAL(std::string("67720001000000000000000100000000000000020000000000000003"
                                         "0000000000000004435353"),
                             to_hex(context.encode()));
    }
    void both_sides_have_the_same_keys() {
        auto client = made(Side::client, {});
        auto server = made(Side::server, {});
        auto packet = sealed_by(*client);
        CPPUNIT_ASSERT(opens(*server, packet));
        auto back = sealed_by(*server);
        CPPUNIT_ASSERT(!opens(*server, back));
        back = sealed_by(*server);
        CPPUNIT_ASSERT(opens(*client, back));
    }
    void what_was_changed_on_the_way_makes_other_keys() {
        KeyContext changed;
        changed.client_block = as_bytes("other");
        auto client = made(Side::client, {});
        auto server = made(Side::server, changed);
        auto packet = sealed_by(*client);
        CPPUNIT_ASSERT(!opens(*server, packet));
    }
    void makes_no_keys_for_no_protection() {
        auto& c = PacketCrypto::get();
        CPPUNIT_ASSERT(!export_protection(*engines_.client, {}, Side::client, Protection::none,
                                          c.kdf, c.aead));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeyExportTest);
