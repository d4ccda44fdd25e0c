#include <cppunit/extensions/HelperMacros.h>
#include <gantry/bytes/crc32c.h>

using namespace gantry;

namespace {

using Bytes = std::vector<std::byte>;

std::uint32_t crc(ByteView bytes) {
    Crc32c c;
    c.update(bytes);
    return c.value();
}

Bytes pattern(std::size_t size) {
    Bytes out(size);
    std::uint32_t x = 1;
    for (auto& b : out) b = static_cast<std::byte>((x = x * 1664525 + 1013904223) >> 24U);
    return out;
}

}  // namespace

class Crc32cTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Crc32cTest);
    CPPUNIT_TEST(answers_the_examples_of_rfc_3720);
    CPPUNIT_TEST(answers_the_usual_check_value);
    CPPUNIT_TEST(does_not_depend_on_how_the_bytes_are_cut);
    CPPUNIT_TEST(hardware_and_portable_code_agree);
    CPPUNIT_TEST_SUITE_END();

  public:
    void answers_the_examples_of_rfc_3720() {
        CPPUNIT_ASSERT_EQUAL(0x8A9136AAU, crc(Bytes(32, std::byte{0})));
        CPPUNIT_ASSERT_EQUAL(0x62A8AB43U, crc(Bytes(32, std::byte{0xFF})));
        Bytes up(32);
        Bytes down(32);
        for (std::size_t i = 0; i < 32; ++i) {
            up[i] = static_cast<std::byte>(i);
            down[i] = static_cast<std::byte>(31 - i);
        }
        CPPUNIT_ASSERT_EQUAL(0x46DD794EU, crc(up));
        CPPUNIT_ASSERT_EQUAL(0x113FDB5CU, crc(down));
    }
    void answers_the_usual_check_value() {
        CPPUNIT_ASSERT_EQUAL(0xE3069283U, crc(as_bytes("123456789")));
        CPPUNIT_ASSERT_EQUAL(0x9A71BB4CU, crc(as_bytes("hello")));
        CPPUNIT_ASSERT_EQUAL(0U, crc({}));
    }
    void does_not_depend_on_how_the_bytes_are_cut() {
        const auto bytes = pattern(20000);
        for (const std::size_t step : {1U, 7U, 8U, 1000U, 3072U, 4096U, 9000U}) {
            Crc32c c;
            for (std::size_t at = 0; at < bytes.size(); at += step)
                c.update(ByteView(bytes).subspan(at, std::min(step, bytes.size() - at)));
            CPPUNIT_ASSERT_EQUAL(crc(bytes), c.value());
        }
    }
    void hardware_and_portable_code_agree() {
        if (!crc32c_detail::hardware()) return;
        for (std::size_t size = 0; size < 7000; size += 61) {
            const auto bytes = pattern(size);
            CPPUNIT_ASSERT_EQUAL(crc32c_detail::update_portable(0x12345678, bytes),
                                 crc32c_detail::update_hardware(0x12345678, bytes));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(Crc32cTest);
