#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/action_messages.h>

using namespace gantry;
using namespace gantry::cs;

class ActionMessagesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ActionMessagesTest);
    CPPUNIT_TEST(a_rename_has_the_bytes_of_the_document);
    CPPUNIT_TEST(a_rename_may_replace);
    CPPUNIT_TEST(the_others_are_a_path);
    CPPUNIT_TEST(a_status_is_type_size_and_time);
    CPPUNIT_TEST(an_unknown_type_is_other);
    CPPUNIT_TEST(refuses_a_message_without_its_needed_field);
    CPPUNIT_TEST(refuses_a_field_that_is_not_its_own);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_rename_has_the_bytes_of_the_document() {
        const RenameRequest request{"a", "b", false};
        const auto bytes = hex("00 01 00 01 61  00 0a 00 01 62");
        CPPUNIT_ASSERT(bytes == request.encode());
        CPPUNIT_ASSERT(request == RenameRequest::decode(bytes).value());
    }
    void a_rename_may_replace() {
        const auto bytes = hex("00 01 00 01 61  00 0a 00 01 62  00 0b 00 00");
        CPPUNIT_ASSERT((RenameRequest{"a", "b", true}) == RenameRequest::decode(bytes).value());
        CPPUNIT_ASSERT(bytes == (RenameRequest{"a", "b", true}).encode());
    }
    void the_others_are_a_path() {
        const auto bytes = hex("00 01 00 03 61 2f 62");
        CPPUNIT_ASSERT(bytes == StatusRequest{"a/b"}.encode());
        CPPUNIT_ASSERT(bytes == MakeFolderRequest{"a/b"}.encode());
        CPPUNIT_ASSERT(bytes == DeleteRequest{"a/b"}.encode());
        CPPUNIT_ASSERT_EQUAL(std::string("a/b"), StatusRequest::decode(bytes).value().path);
        CPPUNIT_ASSERT_EQUAL(std::string("a/b"), MakeFolderRequest::decode(bytes).value().path);
        CPPUNIT_ASSERT_EQUAL(std::string("a/b"), DeleteRequest::decode(bytes).value().path);
    }
    void a_status_is_type_size_and_time() {
        const auto bytes =
            hex("00 09 00 01 01  00 03 00 08 00 00 00 00 00 00 00 05"
                "80 04 00 08 17 a6 10 17 01 65 00 00");
        const auto read = StatusResponse::decode(bytes).value();
        CPPUNIT_ASSERT((StatusResponse{EntryType::file, 5, 1704067200000000000}) == read);
        CPPUNIT_ASSERT(read == StatusResponse::decode(read.encode()).value());
    }
    void an_unknown_type_is_other() {
        const auto read = StatusResponse::decode(hex("0009000163 00030008 0000000000000000"));
        CPPUNIT_ASSERT(read && read->type == EntryType::other && !read->modified);
    }
    void refuses_a_message_without_its_needed_field() {
        const auto protocol = [](const auto& outcome) {
            return !outcome && outcome.error().code == ErrorCode::protocol;
        };
        CPPUNIT_ASSERT(protocol(StatusRequest::decode({})));
        CPPUNIT_ASSERT(protocol(DeleteRequest::decode({})));
        CPPUNIT_ASSERT(protocol(MakeFolderRequest::decode({})));
        CPPUNIT_ASSERT(protocol(RenameRequest::decode(hex("0001000161"))));
        CPPUNIT_ASSERT(protocol(RenameRequest::decode(hex("000a000161"))));
        CPPUNIT_ASSERT(protocol(StatusResponse::decode(hex("0009000101"))));
        CPPUNIT_ASSERT(protocol(StatusResponse::decode(hex("00030008 0000000000000000"))));
    }
    void refuses_a_field_that_is_not_its_own() {
        const auto outcome = DeleteRequest::decode(hex("0001000161 000b0000"));
        CPPUNIT_ASSERT(!outcome && outcome.error().code == ErrorCode::unsupported);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ActionMessagesTest);
