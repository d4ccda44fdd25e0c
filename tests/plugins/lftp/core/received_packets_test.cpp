#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/limits.h>
#include <lftp/core/received_packets.h>

using namespace gantry;
using namespace gantry::lftp;

class ReceivedPacketsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReceivedPacketsTest);
    CPPUNIT_TEST(keeps_ranges_in_order);
    CPPUNIT_TEST(tells_how_each_packet_came);
    CPPUNIT_TEST(finds_the_smallest_that_is_missing);
    CPPUNIT_TEST(forgets_the_oldest_range_beyond_the_limit);
    CPPUNIT_TEST(leaves_out_what_was_said_often_enough);
    CPPUNIT_TEST(counts_a_report_only_for_ranges_that_had_room);
    CPPUNIT_TEST(passes_through_two_to_the_thirty_two);
    CPPUNIT_TEST_SUITE_END();

    ReceivedPackets received_;
    ReceivedPackets::Arrival add(std::uint64_t n) { return received_.add(PacketNumber(n)); }
    std::string report() {
        std::string out;
        for (const auto& r : received_.to_report())
            out += std::to_string(r.first.value()) + '-' + std::to_string(r.last.value()) + ' ';
        return out;
    }

  public:
    void keeps_ranges_in_order() {
        for (const std::uint64_t n : {5U, 6U, 7U, 10U, 12U, 11U, 0U}) (void)add(n);
        CPPUNIT_ASSERT_EQUAL(std::string("10-12 5-7 0-0 "), report());
        (void)add(8);
        (void)add(9);
        CPPUNIT_ASSERT_EQUAL(std::string("5-12 0-0 "), report());
        CPPUNIT_ASSERT(received_.expected() == PacketNumber(13));
    }
    void tells_how_each_packet_came() {
        CPPUNIT_ASSERT(!add(0).gap && !add(1).gap);
        CPPUNIT_ASSERT(add(3).gap && !add(4).gap);
        const auto late = add(2);
        CPPUNIT_ASSERT(late.late && !late.gap && !late.duplicate);
        for (std::uint64_t n = 0; n < 5; ++n) CPPUNIT_ASSERT(add(n).duplicate);
        ReceivedPackets other;
        CPPUNIT_ASSERT(other.add(PacketNumber(3)).gap);
    }
    void finds_the_smallest_that_is_missing() {
        for (const std::uint64_t n : {2U, 3U, 6U, 7U}) (void)add(n);
        CPPUNIT_ASSERT(received_.missing_from(PacketNumber(0)) == PacketNumber(0));
        CPPUNIT_ASSERT(received_.missing_from(PacketNumber(2)) == PacketNumber(4));
        CPPUNIT_ASSERT(received_.missing_from(PacketNumber(5)) == PacketNumber(5));
        CPPUNIT_ASSERT(!received_.missing_from(PacketNumber(6)));
        CPPUNIT_ASSERT(!received_.missing_from(PacketNumber(100)));
    }
    void forgets_the_oldest_range_beyond_the_limit() {
        for (std::uint64_t i = 0; i <= limits::kMaxTrackedRanges; ++i) (void)add(10 + 2 * i);
        CPPUNIT_ASSERT(add(10).duplicate && add(11).duplicate && add(0).duplicate);
        CPPUNIT_ASSERT(!add(13).duplicate);
        CPPUNIT_ASSERT_EQUAL(limits::kMaxReportedRanges, received_.to_report().size());
    }
    void leaves_out_what_was_said_often_enough() {
        for (const std::uint64_t n : {1U, 3U, 5U}) (void)add(n);
        for (unsigned i = 0; i < limits::kMaxReports; ++i)
            received_.reported(received_.to_report().size());
        CPPUNIT_ASSERT_EQUAL(std::string("5-5 "), report());
        (void)add(4);
        CPPUNIT_ASSERT_EQUAL(std::string("3-5 "), report());
        (void)add(0);
        CPPUNIT_ASSERT_EQUAL(std::string("3-5 0-1 "), report());
    }
    void counts_a_report_only_for_ranges_that_had_room() {
        for (const std::uint64_t n : {1U, 3U, 5U}) (void)add(n);
        for (unsigned i = 0; i < limits::kMaxReports; ++i) {
            (void)received_.to_report();
            received_.reported(2);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("5-5 1-1 "), report());
    }
    void passes_through_two_to_the_thirty_two() {
        const std::uint64_t border = std::uint64_t{1} << 32;
        for (std::uint64_t n = border - 3; n < border + 3; ++n) (void)add(n);
        CPPUNIT_ASSERT_EQUAL(std::string("4294967293-4294967298 "), report());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReceivedPacketsTest);
