#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/file_messages.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

class FileMessagesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileMessagesTest);
    CPPUNIT_TEST(a_request_has_the_bytes_of_the_document);
    CPPUNIT_TEST(a_response_has_the_bytes_of_the_document);
    CPPUNIT_TEST(an_end_has_the_bytes_of_the_document);
    CPPUNIT_TEST(refuses_a_message_without_its_needed_field);
    CPPUNIT_TEST(leaves_out_what_is_not_set);
    CPPUNIT_TEST(keeps_a_check_it_does_not_know);
    CPPUNIT_TEST(a_range_has_the_bytes_of_the_document);
    CPPUNIT_TEST(refuses_an_identity_that_is_empty_or_too_long);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_request_has_the_bytes_of_the_document() {
        const FileRequest request{"a.txt", CheckAlgorithm::crc32c};
        const auto bytes = hex("00 01 00 05 61 2e 74 78 74  80 05 00 01 01");
        CPPUNIT_ASSERT(bytes == request.encode());
        CPPUNIT_ASSERT(request == FileRequest::decode(bytes).value());
    }
    void a_response_has_the_bytes_of_the_document() {
        const FileResponse response{5, 1704067200000000000, CheckAlgorithm::crc32c};
        const auto bytes =
            hex("00 03 00 08 00 00 00 00 00 00 00 05"
                "80 04 00 08 17 a6 10 17 01 65 00 00"
                "80 05 00 01 01");
        CPPUNIT_ASSERT(bytes == response.encode());
        CPPUNIT_ASSERT(response == FileResponse::decode(bytes).value());
    }
    void an_end_has_the_bytes_of_the_document() {
        const FileEnd end{5, {CheckAlgorithm::crc32c, hex("9a 71 bb 4c")}};
        const auto bytes = hex("00 07 00 08 00 00 00 00 00 00 00 05  00 06 00 05 01 9a 71 bb 4c");
        CPPUNIT_ASSERT(bytes == end.encode());
        CPPUNIT_ASSERT(end == FileEnd::decode(bytes).value());
    }
    void refuses_a_message_without_its_needed_field() {
        const auto protocol = [](const auto& outcome) {
            return !outcome && outcome.error().code == ErrorCode::protocol;
        };
        CPPUNIT_ASSERT(protocol(FileRequest::decode(hex("8005000101"))));
        CPPUNIT_ASSERT(protocol(FileResponse::decode(hex("8005000101"))));
        CPPUNIT_ASSERT(protocol(FileEnd::decode({})));
    }
    void leaves_out_what_is_not_set() {
        CPPUNIT_ASSERT(hex("00 01 00 01 62") == (FileRequest{"b", {}}).encode());
        CPPUNIT_ASSERT(hex("00030008 0000000000000000") == FileResponse{}.encode());
        CPPUNIT_ASSERT(hex("00070008 0000000000000000") == FileEnd{}.encode());
    }
    void keeps_a_check_it_does_not_know() {
        const auto request = FileRequest::decode(hex("0001000162 8005000109")).value();
        CPPUNIT_ASSERT_EQUAL(9, static_cast<int>(request.check));
    }
    void a_range_has_the_bytes_of_the_document() {
        FileRequest request{"a.txt", CheckAlgorithm::merkle, 1'048'576, 2'097'152, hex("69 64")};
        request.pieces = true;
        const auto bytes =
            hex("00 01 00 05 61 2e 74 78 74"
                "80 05 00 01 03"
                "00 0c 00 08 00 00 00 00 00 10 00 00"
                "00 0d 00 08 00 00 00 00 00 20 00 00"
                "00 0e 00 02 69 64"
                "80 10 00 00");
        CPPUNIT_ASSERT(bytes == request.encode());
        CPPUNIT_ASSERT(request == FileRequest::decode(bytes).value());
        const FileResponse response{0, {}, {}, hex("69 64")};
        const auto answer = hex("00 03 00 08 00 00 00 00 00 00 00 00  80 0f 00 02 69 64");
        CPPUNIT_ASSERT(answer == response.encode());
        CPPUNIT_ASSERT(response == FileResponse::decode(answer).value());
    }
    void refuses_an_identity_that_is_empty_or_too_long() {
        const auto head = hex("0001000161 000e0000");
        CPPUNIT_ASSERT(ErrorCode::protocol == FileRequest::decode(head).error().code);
        auto response = FileResponse{0, {}, {}, Bytes(limits::kMaxIdentity)};
        CPPUNIT_ASSERT(FileResponse::decode(response.encode()));
        response.identity->push_back({});
        CPPUNIT_ASSERT(ErrorCode::protocol == FileResponse::decode(response.encode()).error().code);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FileMessagesTest);
