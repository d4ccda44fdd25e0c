#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/stream_frame.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

std::string frame_text(const StreamFrame& frame, bool to_end) {
    return shown(written([&](ByteWriter& w) { frame.encode(w, to_end); }));
}

}  // namespace

class StreamFrameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamFrameTest);
    CPPUNIT_TEST(encodes_the_frame_of_the_document);
    CPPUNIT_TEST(leaves_out_what_need_not_be_there);
    CPPUNIT_TEST(decodes_what_it_encodes);
    CPPUNIT_TEST(refuses_an_end_beyond_the_largest_number);
    CPPUNIT_TEST(a_frame_of_its_capacity_fits);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_frame_of_the_document() {
        const StreamFrame frame{StreamId(0), 0, true, as_bytes("hello")};
        CPPUNIT_ASSERT_EQUAL(plain("0b 00 05 68656c6c6f"), frame_text(frame, false));
    }
    void leaves_out_what_need_not_be_there() {
        const StreamFrame frame{StreamId(4), 0x12345, false, as_bytes("x")};
        CPPUNIT_ASSERT_EQUAL(plain("0c 04 80012345 78"), frame_text(frame, true));
        CPPUNIT_ASSERT_EQUAL(plain("0e 04 80012345 01 78"), frame_text(frame, false));
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, StreamFrame::head_size(StreamId(4), 0x12345));
    }
    void decodes_what_it_encodes() {
        for (const bool to_end : {true, false}) {
            const StreamFrame frame{StreamId(77), std::uint64_t{1} << 41, to_end, as_bytes("abc")};
            const Bytes bytes = hex(frame_text(frame, to_end));
            PacketReader reader(ByteView(bytes).subspan(1));
            const auto read = StreamFrame::decode(reader, static_cast<FrameType>(bytes[0]));
            CPPUNIT_ASSERT(read.stream == frame.stream && read.offset == frame.offset);
            CPPUNIT_ASSERT(read.fin == to_end && as_text(read.bytes) == "abc");
            CPPUNIT_ASSERT(reader.done() && !reader.failed());
        }
    }
    void refuses_an_end_beyond_the_largest_number() {
        const Bytes bytes = hex("00 ffffffffffffffff 01 78");
        PacketReader reader(bytes);
        (void)StreamFrame::decode(reader, FrameType(0x0e));
        CPPUNIT_ASSERT(reader.failed());
    }
    void a_frame_of_its_capacity_fits() {
        for (std::size_t room = 0; room < 200; ++room) {
            const StreamFrame none{StreamId(1), 9, false, {}};
            const Bytes bytes(StreamFrame::capacity(none.stream, none.offset, room));
            const StreamFrame full{none.stream, none.offset, false, bytes};
            if (!bytes.empty()) CPPUNIT_ASSERT(frame_text(full, false).size() / 2 <= room);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamFrameTest);
