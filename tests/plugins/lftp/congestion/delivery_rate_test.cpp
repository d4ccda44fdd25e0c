#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/arithmetic.h>
#include <lftp/core/congestion/delivery_rate.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;

class DeliveryRateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeliveryRateTest);
    CPPUNIT_TEST(divides_what_arrived_by_the_time_since_the_packet_left);
    CPPUNIT_TEST(is_not_fooled_by_acks_that_come_at_once);
    CPPUNIT_TEST(counts_what_arrived_while_the_packet_was_under_way);
    CPPUNIT_TEST(takes_the_newest_packet_of_an_ack_in_any_order);
    CPPUNIT_TEST(tells_no_rate_over_less_than_a_round_trip);
    CPPUNIT_TEST(marks_samples_until_the_gap_has_passed);
    CPPUNIT_TEST(remembers_what_was_lost_since_a_packet_left);
    CPPUNIT_TEST(passes_counts_of_2_to_the_40_and_stops_at_the_last);
    CPPUNIT_TEST_SUITE_END();

    DeliveryRate rate_;

    static TimePoint at(int ms) { return TimePoint(milliseconds(ms)); }
    static PacketNumber number(std::uint64_t n) { return PacketNumber(n); }

  public:
    void divides_what_arrived_by_the_time_since_the_packet_left() {
        const auto packet = rate_.on_sent(at(0), 1000, 0);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, packet.in_flight);
        rate_.on_acked(number(0), packet, at(100));
        const auto sample = rate_.finish(milliseconds(100));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, sample.delivered);
        CPPUNIT_ASSERT(sample.interval == milliseconds(100));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10'000}, sample.rate.value());
        CPPUNIT_ASSERT(!sample.app_limited);
    }
    // Ten packets leave 10 ms apart and are acknowledged together: the send rate bounds the sample.
    void is_not_fooled_by_acks_that_come_at_once() {
        PacketDelivery packets[10];
        for (int i = 0; i < 10; ++i)
            packets[i] = rate_.on_sent(at(10 * i), 1000, static_cast<std::uint64_t>(1000 * i));
        rate_.on_acked(number(0), packets[0], at(100));
        rate_.finish(milliseconds(50));
        for (unsigned i = 1; i < 10; ++i) rate_.on_acked(number(i), packets[i], at(101));
        const auto sample = rate_.finish(milliseconds(50));
        CPPUNIT_ASSERT(sample.interval == milliseconds(101));  // from the start of the flight
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10'000}, sample.delivered);
    }
    void counts_what_arrived_while_the_packet_was_under_way() {
        const auto first = rate_.on_sent(at(0), 1000, 0);
        const auto second = rate_.on_sent(at(50), 1000, 1000);
        rate_.on_acked(number(0), first, at(100));
        rate_.finish(milliseconds(100));
        rate_.on_acked(number(1), second, at(150));
        const auto sample = rate_.finish(milliseconds(100));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2000}, sample.delivered);
        CPPUNIT_ASSERT(sample.interval == milliseconds(150));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, sample.prior_delivered);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2000}, sample.total_delivered);
    }
    void takes_the_newest_packet_of_an_ack_in_any_order() {
        const auto old = rate_.on_sent(at(0), 1000, 0);
        const auto young = rate_.on_sent(at(10), 1000, 1000);
        const auto twin = rate_.on_sent(at(10), 1000, 2000);
        rate_.on_acked(number(2), twin, at(100));
        rate_.on_acked(number(0), old, at(100));
        rate_.on_acked(number(1), young, at(100));
        const auto sample = rate_.finish(milliseconds(1));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3000}, sample.in_flight);
    }
    void tells_no_rate_over_less_than_a_round_trip() {
        const auto packet = rate_.on_sent(at(0), 1000, 0);
        rate_.on_acked(number(0), packet, at(99));
        const auto sample = rate_.finish(milliseconds(100));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, sample.rate.value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, sample.delivered);
    }
    void marks_samples_until_the_gap_has_passed() {
        rate_.on_app_limited(0);
        const auto limited = rate_.on_sent(at(0), 1000, 0);
        CPPUNIT_ASSERT(limited.app_limited);
        rate_.on_acked(number(0), limited, at(100));
        CPPUNIT_ASSERT(rate_.finish({}).app_limited);
        CPPUNIT_ASSERT(!rate_.app_limited());
        const auto after = rate_.on_sent(at(100), 1000, 0);
        rate_.on_acked(number(1), after, at(200));
        CPPUNIT_ASSERT(!rate_.finish({}).app_limited);
    }
    void remembers_what_was_lost_since_a_packet_left() {
        const auto gone = rate_.on_sent(at(0), 700, 0);
        const auto kept = rate_.on_sent(at(1), 1000, 700);
        rate_.on_lost(gone);
        rate_.on_acked(number(1), kept, at(100));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{700}, rate_.finish({}).lost);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{700}, rate_.lost());
    }
    void passes_counts_of_2_to_the_40_and_stops_at_the_last() {
        PacketDelivery giant{.sent_at = at(0), .delivered_at = at(0), .size = 0xFFFFFFFF};
        for (std::uint64_t i = 0; i < 300; ++i) rate_.on_acked(number(i), giant, at(100));
        CPPUNIT_ASSERT(rate_.delivered() > std::uint64_t{1} << 40);
        const auto packet = rate_.on_sent(at(200), 1000, kUnbounded - 1);
        CPPUNIT_ASSERT_EQUAL(kUnbounded, packet.in_flight);
        rate_.finish({});
        rate_.on_acked(number(300), packet, at(300));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, rate_.finish(milliseconds(100)).rate.value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DeliveryRateTest);
