#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/ack_frame.h>
#include <lftp/wire/limits.h>
#include <lftp/wire/varint.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

const char* const kAckExample = "02 43e8 49c4 02 02 0100 030a";
const char* const kEcnExample = "03 43e8 49c4 02 02 0100 030a 110001";

std::vector<PacketRange> example_ranges() {
    return {{PacketNumber(998), PacketNumber(1000)},
            {PacketNumber(995), PacketNumber(995)},
            {PacketNumber(980), PacketNumber(990)}};
}

std::string ack_text(const std::vector<PacketRange>& ranges, std::optional<EcnCounts> ecn) {
    return shown(written([&](ByteWriter& w) {
        CPPUNIT_ASSERT_EQUAL(ranges.size(),
                             encode_ack(w, ranges, std::chrono::microseconds(2500), ecn, 1000));
    }));
}

std::vector<PacketRange> ranges_of(const AckFrame& ack) {
    std::vector<PacketRange> out;
    auto ranges = ack.ranges();
    while (const auto range = ranges.next()) out.push_back(*range);
    return out;
}

bool reads_ack(const std::string& text) {
    const Bytes bytes = hex(text);
    PacketReader reader(bytes);
    (void)AckFrame::decode(reader, FrameType::ack);
    return !reader.failed() && reader.done();
}

// Single packets, every other one.
std::string many_ranges(std::size_t count) {
    return shown(written([&](ByteWriter& w) {
        for (const std::uint64_t field : {std::uint64_t{5000}, std::uint64_t{0}, count - 1})
            write_varint(w, field);
        w.u8(0);
        for (std::size_t i = 1; i < count; ++i) w.u16(0);
    }));
}

}  // namespace

class AckFrameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AckFrameTest);
    CPPUNIT_TEST(encodes_the_acks_of_the_document);
    CPPUNIT_TEST(decodes_the_acks_of_the_document);
    CPPUNIT_TEST(writes_the_newest_ranges_into_little_room);
    CPPUNIT_TEST(refuses_ranges_below_zero);
    CPPUNIT_TEST(refuses_more_ranges_than_the_limit);
    CPPUNIT_TEST(never_writes_more_than_the_limit);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_acks_of_the_document() {
        CPPUNIT_ASSERT_EQUAL(plain(kAckExample), ack_text(example_ranges(), {}));
        CPPUNIT_ASSERT_EQUAL(plain(kEcnExample), ack_text(example_ranges(), EcnCounts{17, 0, 1}));
    }
    void decodes_the_acks_of_the_document() {
        const Bytes bytes = hex(kEcnExample);
        PacketReader reader(ByteView(bytes).subspan(1));
        const auto ack = AckFrame::decode(reader, FrameType::ack_ecn);
        CPPUNIT_ASSERT(reader.done() && !reader.failed());
        CPPUNIT_ASSERT(ack.largest() == PacketNumber(1000));
        CPPUNIT_ASSERT(ack.delay() == std::chrono::microseconds(2500));
        CPPUNIT_ASSERT(ack.ecn() == (EcnCounts{17, 0, 1}));
        CPPUNIT_ASSERT(ranges_of(ack) == example_ranges());
    }
    void writes_the_newest_ranges_into_little_room() {
        for (std::size_t room = 0; room < 12; ++room) {
            const auto bytes = written([&](ByteWriter& w) {
                const auto fitting =
                    encode_ack(w, example_ranges(), std::chrono::milliseconds(1), {}, room);
                CPPUNIT_ASSERT_EQUAL(std::size_t{room < 8 ? 0U : room < 10 ? 1U : 2U}, fitting);
            });
            CPPUNIT_ASSERT(bytes.size() <= room);
        }
    }
    void refuses_ranges_below_zero() {
        CPPUNIT_ASSERT(!reads_ack("05 00 00 06"));        // 5 to -1
        CPPUNIT_ASSERT(!reads_ack("05 00 01 03 01 00"));  // 2, then a gap of 2, then -1
        CPPUNIT_ASSERT(!reads_ack("05 00 01 00 03 01"));  // 5, then a gap to 1, then 0 and -1
        CPPUNIT_ASSERT(reads_ack("05 00 01 00 03 00"));
        CPPUNIT_ASSERT(reads_ack("05 00 00 05"));
    }
    void refuses_more_ranges_than_the_limit() {
        CPPUNIT_ASSERT(reads_ack(many_ranges(limits::kMaxAckRanges)));
        CPPUNIT_ASSERT(!reads_ack(many_ranges(limits::kMaxAckRanges + 1)));
    }
    void never_writes_more_than_the_limit() {
        std::vector<PacketRange> ranges;
        for (std::uint64_t i = 0; i < limits::kMaxAckRanges + 9; ++i)
            ranges.push_back({PacketNumber(5000 - 3 * i), PacketNumber(5000 - 3 * i)});
        const auto bytes = written([&](ByteWriter& w) {
            CPPUNIT_ASSERT_EQUAL(limits::kMaxAckRanges, encode_ack(w, ranges, {}, {}, 2000));
        });
        CPPUNIT_ASSERT(reads_ack(shown(ByteView(bytes).subspan(1))));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AckFrameTest);
