#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/crypto_frame.h>

using namespace gantry;
using namespace gantry::lftp;

class CryptoFrameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CryptoFrameTest);
    CPPUNIT_TEST(encodes_offset_length_and_bytes);
    CPPUNIT_TEST(decodes_what_it_encodes);
    CPPUNIT_TEST(a_frame_of_its_capacity_fits);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_offset_length_and_bytes() {
        const CryptoFrame frame{300, as_bytes("hi")};
        CPPUNIT_ASSERT_EQUAL(plain("06 412c 02 6869"), shown(encoded(frame)));
    }
    void decodes_what_it_encodes() {
        const Bytes bytes = encoded(CryptoFrame{300, as_bytes("hi")});
        PacketReader reader(ByteView(bytes).subspan(1));
        const auto frame = CryptoFrame::decode(reader);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{300}, frame.offset);
        CPPUNIT_ASSERT_EQUAL(std::string("hi"), std::string(as_text(frame.bytes)));
        CPPUNIT_ASSERT(reader.done() && !reader.failed());
    }
    void a_frame_of_its_capacity_fits() {
        for (const std::size_t room : {0U, 3U, 4U, 63U, 66U, 67U, 1200U, 1400U}) {
            const Bytes bytes(CryptoFrame::capacity(70, room));
            if (!bytes.empty()) CPPUNIT_ASSERT(encoded(CryptoFrame{70, bytes}).size() <= room);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, CryptoFrame::capacity(70, 4));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, CryptoFrame::capacity(70, 5));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CryptoFrameTest);
