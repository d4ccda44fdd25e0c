#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/varint.h>

using namespace gantry;
using namespace gantry::lftp;

class PacketReaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PacketReaderTest);
    CPPUNIT_TEST(reads_fields_in_order);
    CPPUNIT_TEST(keeps_a_failure_until_the_end);
    CPPUNIT_TEST(refuses_more_bytes_than_there_are);
    CPPUNIT_TEST(reads_the_microseconds_it_writes);
    CPPUNIT_TEST(takes_a_time_beyond_reason_for_ten_days);
    CPPUNIT_TEST_SUITE_END();

  public:
    void reads_fields_in_order() {
        const Bytes bytes = hex("01 0002 00000003 0000000000000004 4005 aabb");
        PacketReader reader(bytes);
        CPPUNIT_ASSERT_EQUAL(1, int{reader.u8()});
        CPPUNIT_ASSERT_EQUAL(2, int{reader.u16()});
        CPPUNIT_ASSERT_EQUAL(3U, reader.u32());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, reader.u64());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, reader.varint());
        CPPUNIT_ASSERT_EQUAL(std::string("aabb"), shown(reader.rest()));
        CPPUNIT_ASSERT(reader.done() && !reader.failed());
    }
    void keeps_a_failure_until_the_end() {
        const Bytes bytes = hex("01 02 03");
        PacketReader reader(bytes);
        CPPUNIT_ASSERT_EQUAL(0U, reader.u32());
        CPPUNIT_ASSERT_EQUAL(0, int{reader.u8()});
        CPPUNIT_ASSERT(reader.failed() && reader.done() && reader.ahead().empty());
    }
    void refuses_more_bytes_than_there_are() {
        const Bytes bytes = hex("01 02 03");
        PacketReader reader(bytes);
        CPPUNIT_ASSERT(reader.bytes(kMaxVarint).empty() && reader.failed());
    }
    void reads_the_microseconds_it_writes() {
        const auto bytes = written([](ByteWriter& w) {
            write_micros(w, std::chrono::nanoseconds(2'500'999));
            write_micros(w, Duration(-5));
        });
        CPPUNIT_ASSERT_EQUAL(std::string("49c400"), shown(bytes));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, micros_size(std::chrono::microseconds(2500)));
        PacketReader reader(bytes);
        CPPUNIT_ASSERT(reader.micros() == std::chrono::microseconds(2500));
    }
    void takes_a_time_beyond_reason_for_ten_days() {
        const Bytes bytes = hex("ffffffffffffffff");
        PacketReader reader(bytes);
        CPPUNIT_ASSERT(reader.micros() == std::chrono::hours(240) && !reader.failed());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PacketReaderTest);
