#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/credit_frames.h>

using namespace gantry;
using namespace gantry::lftp;

class CreditFramesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CreditFramesTest);
    CPPUNIT_TEST(encodes_a_limit_of_the_connection_and_of_a_stream);
    CPPUNIT_TEST(decodes_what_it_encodes_for_each_type);
    CPPUNIT_TEST(knows_its_six_types);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_a_limit_of_the_connection_and_of_a_stream() {
        const CreditFrame all{FrameType::max_data, {}, 0x480000};
        CPPUNIT_ASSERT_EQUAL(plain("10 80480000"), shown(encoded(all)));
        const CreditFrame one{FrameType::stream_data_blocked, StreamId(4), 100};
        CPPUNIT_ASSERT_EQUAL(plain("15 04 4064"), shown(encoded(one)));
    }
    void decodes_what_it_encodes_for_each_type() {
        for (unsigned number = 0; number < 256; ++number) {
            const auto type = static_cast<FrameType>(number);
            if (!CreditFrame::is_credit(type)) continue;
            const CreditFrame frame{type, StreamId(CreditFrame::names_stream(type) ? 9 : 0), 70000};
            const Bytes bytes = encoded(frame);
            PacketReader reader(ByteView(bytes).subspan(1));
            CPPUNIT_ASSERT(CreditFrame::decode(reader, type) == frame);
            CPPUNIT_ASSERT(reader.done() && !reader.failed());
        }
    }
    void knows_its_six_types() {
        std::string types;
        for (unsigned number = 0; number < 256; ++number)
            if (CreditFrame::is_credit(static_cast<FrameType>(number)))
                types += std::to_string(number) + ' ';
        CPPUNIT_ASSERT_EQUAL(std::string("16 17 18 20 21 22 "), types);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CreditFramesTest);
