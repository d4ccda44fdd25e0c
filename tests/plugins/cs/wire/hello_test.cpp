#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/hello.h>

using namespace gantry;
using namespace gantry::cs;

class HelloTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HelloTest);
    CPPUNIT_TEST(has_the_bytes_of_the_page);
    CPPUNIT_TEST(what_is_missing_is_the_least);
    CPPUNIT_TEST(takes_a_newer_version_and_unknown_features);
    CPPUNIT_TEST(refuses_less_than_the_least_window);
    CPPUNIT_TEST(refuses_values_of_a_wrong_size);
    CPPUNIT_TEST(refuses_an_unknown_needed_field);
    CPPUNIT_TEST(a_larger_frame_than_ours_counts_as_ours);
    CPPUNIT_TEST(a_credit_is_eight_bytes);
    CPPUNIT_TEST_SUITE_END();

    static ErrorCode refusal(const std::string& body) {
        const auto outcome = Hello::decode(hex(body));
        CPPUNIT_ASSERT(!outcome);
        return outcome.error().code;
    }

  public:
    void has_the_bytes_of_the_page() {
        Hello hello;
        hello.offers = {Feature::streams};
        hello.window = 6 << 20U;
        hello.stream_window = 4 << 20U;
        const auto frame =
            make_frame(FrameType::hello, ServiceId::file, kConnectionId, hello.encode());
        CPPUNIT_ASSERT_EQUAL(shown(hex("80 c5 01 00  00 00 00 00  00 00 00 37 80 20 00 01 01"
                                       "80 22 00 02 00 01 80 23 00 04 00 20 00 00"
                                       "80 24 00 08 00 00 00 00 00 60 00 00"
                                       "80 25 00 08 00 00 00 00 00 40 00 00")),
                             shown(frame));
        CPPUNIT_ASSERT(hello == Hello::decode(ByteView(frame).subspan(12)).value());
    }
    void what_is_missing_is_the_least() {
        const auto hello = Hello::decode({}).value();
        CPPUNIT_ASSERT(hello == Hello{});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{65536}, hello.window);
        CPPUNIT_ASSERT(!hello.speaks_of(Feature::streams));
    }
    void takes_a_newer_version_and_unknown_features() {
        const auto hello = Hello::decode(hex("8020 0001 09  0021 0002 0001  8022 0004 0063 0064"));
        CPPUNIT_ASSERT_EQUAL(9, int{hello.value().version});
        CPPUNIT_ASSERT(hello->speaks_of(Feature::streams));
        CPPUNIT_ASSERT(hello->speaks_of(static_cast<Feature>(0x64)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, hello->needs.size());
    }
    void refuses_less_than_the_least_window() {
        CPPUNIT_ASSERT(refusal("8024 0008 000000000000ffff") == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal("8025 0008 0000000000000000") == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal("8023 0004 0000ffff") == ErrorCode::protocol);
        CPPUNIT_ASSERT(refusal("8020 0001 00") == ErrorCode::protocol);
    }
    void refuses_values_of_a_wrong_size() {
        for (const auto* body : {"8020 0000", "8020 0002 0101", "0021 0001 01", "8022 0003 000102",
                                 "8023 0008 0000000000200000", "8024 0004 00200000"})
            CPPUNIT_ASSERT(refusal(body) == ErrorCode::protocol);
    }
    void refuses_an_unknown_needed_field() {
        CPPUNIT_ASSERT(refusal("0029 0000") == ErrorCode::unsupported);
        CPPUNIT_ASSERT(refusal("0001 0001 61") == ErrorCode::unsupported);  // a path
    }
    void a_larger_frame_than_ours_counts_as_ours() {
        const auto hello = Hello::decode(hex("8023 0004 ffffffff")).value();
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{2 << 20U}, hello.largest_data);
    }
    void a_credit_is_eight_bytes() {
        CPPUNIT_ASSERT_EQUAL(shown(hex("00 00 00 00 00 48 00 00")), shown(encode_credit(0x480000)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0x480000},
                             decode_credit(encode_credit(0x480000)).value());
        CPPUNIT_ASSERT(!decode_credit(hex("00000000004800")));
        CPPUNIT_ASSERT(!decode_credit(hex("000000000048000000")));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HelloTest);
