#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

class FrameHeaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FrameHeaderTest);
    CPPUNIT_TEST(encodes_the_bytes_of_the_document);
    CPPUNIT_TEST(decodes_what_it_encodes);
    CPPUNIT_TEST(keeps_values_it_does_not_know);
    CPPUNIT_TEST(refuses_a_wrong_magic);
    CPPUNIT_TEST(refuses_a_length_below_the_header);
    CPPUNIT_TEST(refuses_too_few_bytes);
    CPPUNIT_TEST(makes_a_whole_frame);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_bytes_of_the_document() {
        const auto header = make_header(FrameType::request, ServiceId::file, RequestId(1), 14);
        CPPUNIT_ASSERT_EQUAL(std::string("01c50100000000010000001a"), shown(header.encode()));
    }
    void decodes_what_it_encodes() {
        const auto header = make_header(FrameType::end, ServiceId::echo, RequestId(0xA1B2C3D4), 77);
        CPPUNIT_ASSERT(header == FrameHeader::decode(header.encode()).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{77}, header.body_size());
    }
    void keeps_values_it_does_not_know() {
        const auto header = FrameHeader::decode(hex("c8 c5 09 2a 00000007 0000000c")).value();
        CPPUNIT_ASSERT(is_optional(header.type));
        CPPUNIT_ASSERT_EQUAL(9, int{header.version});
        CPPUNIT_ASSERT_EQUAL(0x2a, static_cast<int>(header.service));
    }
    void refuses_a_wrong_magic() {
        const auto header = FrameHeader::decode(hex("01 c4 01 00 00000001 0000000c"));
        CPPUNIT_ASSERT(!header && header.error().code == ErrorCode::protocol);
    }
    void refuses_a_length_below_the_header() {
        const auto header = FrameHeader::decode(hex("01 c5 01 00 00000001 0000000b"));
        CPPUNIT_ASSERT(!header && header.error().code == ErrorCode::protocol);
    }
    void refuses_too_few_bytes() {
        const auto header = FrameHeader::decode(hex("01 c5 01 00 00000001 000000"));
        CPPUNIT_ASSERT(!header && header.error().code == ErrorCode::range);
    }
    void makes_a_whole_frame() {
        const auto frame =
            make_frame(FrameType::data, ServiceId::file, RequestId(1), as_bytes("hello"));
        CPPUNIT_ASSERT_EQUAL(std::string("03c5010000000001000000"
                                         "1168656c6c6f"),
                             shown(frame));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FrameHeaderTest);
