#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/classic_cipher.h>
#include <cs/wire/frame_header.h>
#include <gantry/crypto/digest.h>

using namespace gantry;
using namespace gantry::cs;

class ClassicCipherTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicCipherTest);
    CPPUNIT_TEST(encrypts_as_the_original);
    CPPUNIT_TEST(decrypts_what_it_encrypted);
    CPPUNIT_TEST(refuses_what_is_not_whole_blocks);
    CPPUNIT_TEST_SUITE_END();

    ClassicCipher cipher_;

  public:
    void encrypts_as_the_original() {
        auto block = from_hex("68656c6c6f2c20776f726c640a000000").value();
        CPPUNIT_ASSERT(cipher_.encrypt(block));
        CPPUNIT_ASSERT_EQUAL(std::string("2fd6700fb3fb5be663cf57a7e058646c"), to_hex(block));
    }
    void decrypts_what_it_encrypted() {
        for (std::size_t size = 0; size <= 2048; size += 16) {
            Bytes blocks(size, std::byte{'x'});
            const auto plain = blocks;
            CPPUNIT_ASSERT(cipher_.encrypt(blocks));
            CPPUNIT_ASSERT(size == 0 || plain != blocks);
            CPPUNIT_ASSERT(cipher_.decrypt(blocks));
            CPPUNIT_ASSERT(plain == blocks);
        }
    }
    void refuses_what_is_not_whole_blocks() {
        Bytes part(17);
        CPPUNIT_ASSERT(!cipher_.encrypt(part));
        CPPUNIT_ASSERT(!cipher_.decrypt(part));
        CPPUNIT_ASSERT(cipher_.encrypt(ByteSpan(part).first(16)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicCipherTest);
