#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/fields.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

Result<Fields> decode_all(const std::string& text) {
    return Fields::decode(
        hex(text), {FieldTag::path, FieldTag::recursive, FieldTag::size, FieldTag::modified,
                    FieldTag::check, FieldTag::check_value, FieldTag::total, FieldTag::skipped});
}

ErrorCode refusal(const std::string& text) {
    const auto outcome = decode_all(text);
    CPPUNIT_ASSERT(!outcome);
    return outcome.error().code;
}

}  // namespace

class FieldsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FieldsTest);
    CPPUNIT_TEST(decodes_what_it_encodes);
    CPPUNIT_TEST(takes_fields_in_any_order);
    CPPUNIT_TEST(skips_an_unknown_optional_field);
    CPPUNIT_TEST(refuses_an_unknown_needed_field_by_its_number);
    CPPUNIT_TEST(counts_a_field_of_another_message_as_unknown);
    CPPUNIT_TEST(refuses_a_field_that_stands_twice);
    CPPUNIT_TEST(refuses_a_field_that_is_cut_short);
    CPPUNIT_TEST(refuses_values_of_a_wrong_size);
    CPPUNIT_TEST(refuses_a_path_over_the_limit);
    CPPUNIT_TEST_SUITE_END();

  public:
    void decodes_what_it_encodes() {
        Fields f;
        f.path = "a/b";
        f.recursive = true;
        f.size = 0xFFFFFFFFFFFFFFFF;
        f.modified = -1;
        f.check = CheckAlgorithm::crc32c;
        f.check_value = CheckValue{CheckAlgorithm::crc32c, hex("9a71bb4c")};
        f.total = 7;
        f.skipped = 3;
        CPPUNIT_ASSERT(f == decode_all(shown(f.encode())).value());
    }
    void takes_fields_in_any_order() {
        const auto f = decode_all("8005000101 0001000161").value();
        CPPUNIT_ASSERT_EQUAL(std::string("a"), *f.path);
        CPPUNIT_ASSERT(f.check == CheckAlgorithm::crc32c);
    }
    void skips_an_unknown_optional_field() {
        const auto f = decode_all("ffff0003010203 0001000161").value();
        CPPUNIT_ASSERT_EQUAL(std::string("a"), *f.path);
    }
    void refuses_an_unknown_needed_field_by_its_number() {
        const auto outcome = decode_all("0001000161 7abc0000");
        CPPUNIT_ASSERT(!outcome && outcome.error().code == ErrorCode::unsupported);
        CPPUNIT_ASSERT(outcome.error().message.find("0x7abc") != std::string::npos);
    }
    void counts_a_field_of_another_message_as_unknown() {
        const auto needed = Fields::decode(hex("00020000"), {FieldTag::path});
        CPPUNIT_ASSERT(!needed && needed.error().code == ErrorCode::unsupported);
        const auto optional = Fields::decode(hex("8005000101"), {FieldTag::path});
        CPPUNIT_ASSERT(optional && !optional->check);
    }
    void refuses_a_field_that_stands_twice() {
        CPPUNIT_ASSERT(ErrorCode::protocol == refusal("0001000161 0001000162"));
    }
    void refuses_a_field_that_is_cut_short() {
        CPPUNIT_ASSERT(ErrorCode::protocol == refusal("0001"));
        CPPUNIT_ASSERT(ErrorCode::protocol == refusal("00010002 61"));
        CPPUNIT_ASSERT(ErrorCode::protocol == refusal("ffff ffff 61"));
    }
    void refuses_values_of_a_wrong_size() {
        for (const char* text : {"0003000101", "0002000100", "80050000", "800500020101",
                                 "0003000900000000000000000a", "80040000", "00060000", "00070000"})
            CPPUNIT_ASSERT(ErrorCode::protocol == refusal(text));
    }
    void refuses_a_path_over_the_limit() {
        Fields f;
        f.path = std::string(limits::kMaxPath, 'a');
        CPPUNIT_ASSERT(decode_all(shown(f.encode())));
        f.path->push_back('a');
        CPPUNIT_ASSERT(ErrorCode::protocol == refusal(shown(f.encode())));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FieldsTest);
