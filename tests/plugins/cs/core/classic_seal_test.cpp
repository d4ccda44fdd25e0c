#include "core_bytes.h"
#include "flipping_cipher.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/classic_seal.h>

using namespace gantry;
using namespace gantry::cs;

class ClassicSealTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClassicSealTest);
    CPPUNIT_TEST(pads_by_one_to_sixteen_bytes);
    CPPUNIT_TEST(opens_what_it_sealed);
    CPPUNIT_TEST(refuses_a_count_that_does_not_fit);
    CPPUNIT_TEST(refuses_padding_that_is_not_nul);
    CPPUNIT_TEST_SUITE_END();

    FlippingCipher cipher_;

  public:
    void pads_by_one_to_sixteen_bytes() {
        for (const auto& [plain, sealed] :
             {std::pair(0, 16), {1, 16}, {15, 16}, {16, 32}, {1023, 1024}, {1024, 1040}})
            CPPUNIT_ASSERT_EQUAL(
                static_cast<std::size_t>(sealed),
                classic_seal(cipher_, Bytes(static_cast<std::size_t>(plain))).value().size());
    }
    void opens_what_it_sealed() {
        for (std::size_t size = 0; size < 50; ++size) {
            const Bytes plain(size, std::byte{'x'});
            const auto sealed = classic_seal(cipher_, plain).value();
            CPPUNIT_ASSERT(plain == classic_open(cipher_, sealed, size).value());
        }
    }
    void refuses_a_count_that_does_not_fit() {
        const auto sealed = classic_seal(cipher_, Bytes(20)).value();
        for (const std::size_t count : {0U, 15U, 32U, 33U, 65535U})
            CPPUNIT_ASSERT(classic_open(cipher_, sealed, count).error().code ==
                           ErrorCode::integrity);
        CPPUNIT_ASSERT(!classic_open(cipher_, ByteView(sealed).first(31), 20));
    }
    void refuses_padding_that_is_not_nul() {
        auto sealed = classic_seal(cipher_, Bytes(20)).value();
        sealed.back() ^= std::byte{1};
        CPPUNIT_ASSERT(classic_open(cipher_, sealed, 20).error().code == ErrorCode::integrity);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClassicSealTest);
