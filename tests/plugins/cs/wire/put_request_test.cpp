#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/put_request.h>

using namespace gantry;
using namespace gantry::cs;

class PutRequestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PutRequestTest);
    CPPUNIT_TEST(has_the_bytes_of_the_document);
    CPPUNIT_TEST(may_replace_and_may_go_without_a_check);
    CPPUNIT_TEST(refuses_a_message_without_its_needed_fields);
    CPPUNIT_TEST(refuses_a_check_that_an_upload_cannot_have);
    CPPUNIT_TEST(goes_on_with_an_upload_that_it_names);
    CPPUNIT_TEST(refuses_to_go_on_without_saying_with_what);
    CPPUNIT_TEST_SUITE_END();

  public:
    void has_the_bytes_of_the_document() {
        const PutRequest request{"a.txt", 5, CheckAlgorithm::crc32c, false};
        const auto body =
            hex("00 01 00 05 61 2e 74 78 74  00 03 00 08 00 00 00 00 00 00 00 05  80 05 00 01 01");
        CPPUNIT_ASSERT_EQUAL(shown(body), shown(request.encode()));
        CPPUNIT_ASSERT(request == PutRequest::decode(body).value());
        const auto frame =
            make_frame(FrameType::request, ServiceId::put, RequestId(5), request.encode());
        CPPUNIT_ASSERT(shown(frame).starts_with("01c501060000000500000026"));
    }
    void may_replace_and_may_go_without_a_check() {
        const PutRequest request{"a", 0, CheckAlgorithm::none, true};
        const auto body = hex("00 01 00 01 61  00 0b 00 00  00 03 00 08 0000000000000000");
        CPPUNIT_ASSERT_EQUAL(shown(body), shown(request.encode()));
        CPPUNIT_ASSERT(request == PutRequest::decode(body).value());
    }
    void refuses_a_message_without_its_needed_fields() {
        for (const auto* text : {"", "00 01 00 01 61", "00 03 00 08 0000000000000005"})
            CPPUNIT_ASSERT(PutRequest::decode(hex(text)).error().code == ErrorCode::protocol);
    }
    void refuses_a_check_that_an_upload_cannot_have() {
        const auto body = hex("00 01 00 01 61  00 03 00 08 0000000000000005  80 05 00 01 02");
        CPPUNIT_ASSERT(PutRequest::decode(body).error().code == ErrorCode::unsupported);
    }
    void goes_on_with_an_upload_that_it_names() {
        PutRequest request{"a", 5, CheckAlgorithm::crc32c, false, hex("66696c652031")};
        request.offset = 3;
        request.before = {CheckAlgorithm::crc32c, hex("8f25666d")};
        const auto body =
            hex("00 01 00 01 61  00 03 00 08 0000000000000005  80 05 00 01 01"
                "00 06 00 05 01 8f25666d  00 0c 00 08 0000000000000003  00 15 00 06 66696c652031");
        CPPUNIT_ASSERT_EQUAL(shown(body), shown(request.encode()));
        CPPUNIT_ASSERT(request == PutRequest::decode(body).value());
        const auto frame =
            make_frame(FrameType::request, ServiceId::put, RequestId(7), request.encode());
        CPPUNIT_ASSERT(shown(frame).starts_with("01c501060000000700000041"));
    }
    void refuses_to_go_on_without_saying_with_what() {
        const std::string put = "00 01 00 01 61  00 03 00 08 0000000000000005  80 05 00 01 01";
        const std::string name = "00 15 00 01 78", crc = "00 06 00 05 01 8f25666d";
        const std::string three = "00 0c 00 08 0000000000000003";
        CPPUNIT_ASSERT(PutRequest::decode(hex(put + name + crc + three)));
        for (const auto& text :
             {put + crc + three, put + name + three, put + name + crc + "000c0008 0000000000000006",
              put + name + three + "00 06 00 03 01 8f25", put + name + three + "00 06 00 01 00"})
            CPPUNIT_ASSERT(PutRequest::decode(hex(text)).error().code == ErrorCode::protocol);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PutRequestTest);
