#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/error_message.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

class ErrorMessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ErrorMessageTest);
    CPPUNIT_TEST(has_the_bytes_of_the_document);
    CPPUNIT_TEST(numbers_the_codes_as_the_document_does);
    CPPUNIT_TEST(maps_every_code_there_and_back);
    CPPUNIT_TEST(reads_an_unknown_code_as_other_and_an_unknown_detail_as_none);
    CPPUNIT_TEST(does_not_tell_a_peer_about_our_machine);
    CPPUNIT_TEST(bounds_the_text_at_a_whole_character);
    CPPUNIT_TEST(makes_foreign_text_harmless);
    CPPUNIT_TEST(refuses_a_body_without_a_code);
    CPPUNIT_TEST_SUITE_END();

  public:
    void has_the_bytes_of_the_document() {
        const ErrorMessage message{ErrorCode::not_found, ErrorDetail::none, "not found here"};
        const auto bytes = hex("02 00 00 01  6e 6f 74 20 66 6f 75 6e 64 20 68 65 72 65");
        CPPUNIT_ASSERT_EQUAL(shown(bytes), shown(message.encode()));
        CPPUNIT_ASSERT(message == ErrorMessage::decode(bytes).value());
    }
    void numbers_the_codes_as_the_document_does() {
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{1}, wire_code(ErrorCode::not_found));
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{2}, wire_code(ErrorCode::usage));
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{3}, wire_code(ErrorCode::other));
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{12}, wire_code(ErrorCode::denied));
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{21}, wire_code(ErrorCode::range));
    }
    void maps_every_code_there_and_back() {
        for (std::uint16_t wire = 1; wire <= 21; ++wire)
            CPPUNIT_ASSERT_EQUAL(wire, wire_code(code_from_wire(wire)));
    }
    void reads_an_unknown_code_as_other_and_an_unknown_detail_as_none() {
        const auto message = ErrorMessage::decode(hex("03 09 03e7")).value();
        CPPUNIT_ASSERT(message.code == ErrorCode::other);
        CPPUNIT_ASSERT(message.detail == ErrorDetail::none);
        CPPUNIT_ASSERT(ErrorMessage::decode(hex("03 01 0002"))->detail == ErrorDetail::is_folder);
        CPPUNIT_ASSERT(code_from_wire(0) == ErrorCode::other);
    }
    void does_not_tell_a_peer_about_our_machine() {
        const auto ours =
            make_error(ErrorCode::other, "storage", "/srv/secret: input/output error");
        CPPUNIT_ASSERT_EQUAL(
            std::string("no such key"),
            ErrorMessage::from(make_error(ErrorCode::security, "cs", "no such key")).text);
        CPPUNIT_ASSERT_EQUAL(
            std::string("authentication or encryption failed"),
            ErrorMessage::from(make_error(ErrorCode::security, "tls", "of /etc/key")).text);
        CPPUNIT_ASSERT(!is_sendable(ErrorCode::other));
        CPPUNIT_ASSERT_EQUAL(std::string("the server could not do it"),
                             ErrorMessage::from(ours).text);
        const auto theirs = protocol_error("a request names no path");
        CPPUNIT_ASSERT_EQUAL(theirs.message, ErrorMessage::from(theirs).text);
    }
    void bounds_the_text_at_a_whole_character() {
        std::string text = "x";
        while (text.size() <= limits::kMaxErrorText) text += "\xC3\xA4";
        const auto sent = ErrorMessage{ErrorCode::other, {}, text}.encode();
        CPPUNIT_ASSERT_EQUAL(4 + limits::kMaxErrorText - 1, sent.size());
        Bytes foreign = hex("03000003");
        foreign.resize(4 + 5000, std::byte{'y'});
        CPPUNIT_ASSERT_EQUAL(limits::kMaxErrorText, ErrorMessage::decode(foreign)->text.size());
    }
    void makes_foreign_text_harmless() {
        const auto message = ErrorMessage::decode(hex("03000003 1b5b324a 0a 61")).value();
        CPPUNIT_ASSERT_EQUAL(std::string(" [2J a"), message.text);
        CPPUNIT_ASSERT_EQUAL(std::string("the server says:  [2J a"), message.to_error("x").message);
    }
    void refuses_a_body_without_a_code() { CPPUNIT_ASSERT(!ErrorMessage::decode(hex("030000"))); }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ErrorMessageTest);
