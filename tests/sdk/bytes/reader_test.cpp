#include <gantry/bytes/reader.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string_view>

namespace gantry {
namespace {

using namespace std::string_view_literals;

class ReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReaderTest);
    CPPUNIT_TEST(reads_numbers_in_network_order);
    CPPUNIT_TEST(reads_bytes_and_text_as_views);
    CPPUNIT_TEST(a_read_that_does_not_fit_consumes_nothing);
    CPPUNIT_TEST(refuses_a_count_that_would_wrap);
    CPPUNIT_TEST(reads_nothing_from_nothing);
    CPPUNIT_TEST_SUITE_END();

  public:
    void reads_numbers_in_network_order() {
        ByteReader reader(
            as_bytes("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\xff"sv));
        CPPUNIT_ASSERT_EQUAL(std::uint8_t{0x01}, *reader.u8());
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{0x0203}, *reader.u16());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0x04050607}, *reader.u32());
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, reader.remaining());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0x08090a0b0c0d0eff}, *reader.u64());
        CPPUNIT_ASSERT(reader.done());
    }
    void reads_bytes_and_text_as_views() {
        constexpr auto source = "abcdef"sv;
        ByteReader reader(as_bytes(source));
        const auto bytes = reader.bytes(2);
        CPPUNIT_ASSERT(bytes->data() == as_bytes(source).data());
        CPPUNIT_ASSERT_EQUAL("cde"sv, *reader.text(3));
        CPPUNIT_ASSERT_EQUAL("f"sv, as_text(reader.rest()));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, reader.bytes(0)->size());
    }
    void a_read_that_does_not_fit_consumes_nothing() {
        ByteReader reader(as_bytes("abc"sv));
        CPPUNIT_ASSERT(reader.u32().error().code == ErrorCode::range);
        CPPUNIT_ASSERT(!reader.u64() && !reader.bytes(4) && !reader.text(4));
        CPPUNIT_ASSERT_EQUAL(std::string("4 bytes are needed and 3 are left"),
                             reader.u32().error().message);
        CPPUNIT_ASSERT_EQUAL("abc"sv, *reader.text(3));
    }
    void refuses_a_count_that_would_wrap() {
        ByteReader reader(as_bytes("abc"sv));
        CPPUNIT_ASSERT(!reader.bytes(~std::size_t{0}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, reader.remaining());
    }
    void reads_nothing_from_nothing() {
        ByteReader reader({});
        CPPUNIT_ASSERT(reader.done() && !reader.u8());
        CPPUNIT_ASSERT(reader.bytes(0).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReaderTest);

}  // namespace
}  // namespace gantry
