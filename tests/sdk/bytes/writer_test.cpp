#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <cppunit/extensions/HelperMacros.h>

#include <array>

namespace gantry {
namespace {

using namespace std::string_view_literals;

class WriterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WriterTest);
    CPPUNIT_TEST(writes_numbers_in_network_order);
    CPPUNIT_TEST(fills_its_buffer_to_the_last_byte);
    CPPUNIT_TEST(writes_nothing_after_an_overflow);
    CPPUNIT_TEST(an_empty_buffer_overflows_at_once);
    CPPUNIT_TEST(what_it_writes_the_reader_reads);
    CPPUNIT_TEST_SUITE_END();

  public:
    void writes_numbers_in_network_order() {
        std::array<std::byte, 15> buffer{};
        ByteWriter writer(buffer);
        writer.u8(0x01).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0f);
        CPPUNIT_ASSERT_EQUAL("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"sv,
                             as_text(writer.written()));
    }
    void fills_its_buffer_to_the_last_byte() {
        std::array<std::byte, 3> buffer{};
        ByteWriter writer(buffer);
        writer.text("ab");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, writer.room());
        writer.u8('c').bytes({});
        CPPUNIT_ASSERT(!writer.overflow());
        CPPUNIT_ASSERT_EQUAL("abc"sv, as_text(writer.written()));
    }
    void writes_nothing_after_an_overflow() {
        std::array<std::byte, 4> buffer{};
        ByteWriter writer(ByteSpan(buffer).first(3));
        writer.u16(0x6162).u16(0x6364).u8(0x65);
        CPPUNIT_ASSERT(writer.overflow());
        CPPUNIT_ASSERT_EQUAL("ab"sv, as_text(writer.written()));
        CPPUNIT_ASSERT(buffer[2] == std::byte{0} && buffer[3] == std::byte{0});
    }
    void an_empty_buffer_overflows_at_once() {
        ByteWriter writer({});
        CPPUNIT_ASSERT(!writer.overflow());
        CPPUNIT_ASSERT(writer.u8(1).overflow());
    }
    void what_it_writes_the_reader_reads() {
        std::array<std::byte, 32> buffer{};
        ByteWriter writer(buffer);
        writer.u64(~0ULL).u32(7).text("tail");
        ByteReader reader(writer.written());
        CPPUNIT_ASSERT_EQUAL(~std::uint64_t{0}, *reader.u64());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{7}, *reader.u32());
        CPPUNIT_ASSERT_EQUAL("tail"sv, as_text(reader.rest()));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WriterTest);

}  // namespace
}  // namespace gantry
