#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/packet_number.h>

using namespace gantry::lftp;

namespace {

std::uint64_t expanded_at(std::uint64_t expected, std::uint64_t sent) {
    return expanded(truncated(PacketNumber(sent)), PacketNumber(expected)).value();
}

}  // namespace

class PacketNumberTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PacketNumberTest);
    CPPUNIT_TEST(expands_the_example_of_rfc_9000);
    CPPUNIT_TEST(expands_numbers_around_the_expected_one);
    CPPUNIT_TEST(passes_through_two_to_the_thirty_two);
    CPPUNIT_TEST(does_not_leave_the_range_of_numbers);
    CPPUNIT_TEST_SUITE_END();

  public:
    void expands_the_example_of_rfc_9000() {
        const auto number = expanded(0x9b32, PacketNumber(0xa82f30eb), 16);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0xa82f9b32}, number.value());
    }
    void expands_numbers_around_the_expected_one() {
        const std::uint64_t half = std::uint64_t{1} << 31;
        const std::uint64_t expected = std::uint64_t{5} << 40;
        for (const std::uint64_t sent :
             {expected, expected - 1, expected + 1, expected - half + 1, expected + half})
            CPPUNIT_ASSERT_EQUAL(sent, expanded_at(expected, sent));
    }
    void passes_through_two_to_the_thirty_two() {
        const std::uint64_t border = std::uint64_t{1} << 32;
        for (std::uint64_t sent = border - 4; sent < border + 4; ++sent) {
            CPPUNIT_ASSERT_EQUAL(sent, expanded_at(sent, sent));
            CPPUNIT_ASSERT_EQUAL(sent, expanded_at(border - 2, sent));
            CPPUNIT_ASSERT_EQUAL(sent, expanded_at(border + 2, sent));
        }
    }
    void does_not_leave_the_range_of_numbers() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0xFFFFFFFF}, expanded_at(0, 0xFFFFFFFF));
        const auto last = kMaxPacketNumber.value();
        CPPUNIT_ASSERT_EQUAL(last, expanded_at(last, last));
        CPPUNIT_ASSERT(expanded(5, kMaxPacketNumber) <= kMaxPacketNumber);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PacketNumberTest);
