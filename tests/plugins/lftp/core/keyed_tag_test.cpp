#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/keyed_tag.h>

#include "aead_fixture.h"

namespace gantry::lftp {
namespace {

class KeyedTagTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyedTagTest);
    CPPUNIT_TEST(is_the_begin_of_the_hmac_of_rfc_4231);
    CPPUNIT_TEST(another_key_makes_another_tag);
    CPPUNIT_TEST_SUITE_END();

    static KeyedTag with_key(std::string_view key) {
        return KeyedTag::make(PacketCrypto::get().kdf, as_bytes(key)).value();
    }
    // Test case 2.
    void is_the_begin_of_the_hmac_of_rfc_4231() {
        const auto tag = with_key("Jefe");
        for (int i = 0; i < 2; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string("5bdcc146bf60754e6a042426089575c7"),
                                 to_hex(tag.of(as_bytes("what do ya want for nothing?"))));
    }
    void another_key_makes_another_tag() {
        CPPUNIT_ASSERT(with_key("a").of(as_bytes("x")) != with_key("b").of(as_bytes("x")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeyedTagTest);

}  // namespace
}  // namespace gantry::lftp
