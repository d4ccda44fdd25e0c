#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/checksum.h>

using namespace gantry;
using namespace gantry::lftp;

class ChecksumTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ChecksumTest);
    CPPUNIT_TEST(writes_and_checks_crc_32c);
    CPPUNIT_TEST(refuses_each_bit_that_was_turned_over);
    CPPUNIT_TEST(refuses_what_is_too_short_for_one);
    CPPUNIT_TEST_SUITE_END();

  public:
    void writes_and_checks_crc_32c() {
        const auto packet = written([](ByteWriter& w) {
            w.text("123456789");
            write_checksum(w);
        });
        CPPUNIT_ASSERT_EQUAL(std::string("e3069283"), shown(ByteView(packet).last(4)));
        CPPUNIT_ASSERT_EQUAL(std::string("123456789"),
                             std::string(as_text(checked(packet).value())));
    }
    void refuses_each_bit_that_was_turned_over() {
        auto packet = written([](ByteWriter& w) {
            w.text("rudp");
            write_checksum(w);
        });
        for (auto& b : packet)
            for (unsigned bit = 0; bit < 8; ++bit) {
                b ^= static_cast<std::byte>(1U << bit);
                CPPUNIT_ASSERT(checked(packet).error().code == ErrorCode::integrity);
                b ^= static_cast<std::byte>(1U << bit);
            }
        CPPUNIT_ASSERT(checked(packet).ok());
    }
    void refuses_what_is_too_short_for_one() {
        CPPUNIT_ASSERT(!checked({}) && !checked(hex("00 00 00")));
        CPPUNIT_ASSERT(checked(hex("00 00 00 00")).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ChecksumTest);
