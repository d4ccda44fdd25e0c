#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/ack_aggregation.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;

class AckAggregationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AckAggregationTest);
    CPPUNIT_TEST(finds_what_comes_beyond_the_rate);
    CPPUNIT_TEST(finds_one_ack_when_acks_come_at_the_rate);
    CPPUNIT_TEST(never_exceeds_the_window);
    CPPUNIT_TEST(forgets_after_ten_rounds);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::uint64_t kRate = 1'000'000;  // 1000 bytes a millisecond

    AckAggregation aggregation_;

    void ack(int at_ms, std::uint64_t bytes, std::uint64_t round = 1,
             std::uint64_t window = 100'000) {
        aggregation_.on_ack(TimePoint(milliseconds(at_ms)), bytes, kRate, window, round,
                            AckAggregation::kRounds);
    }

  public:
    // 20 kB at 10 ms, another 20 kB at 15 ms: 40 kB where 5 kB were expected since the first.
    void finds_what_comes_beyond_the_rate() {
        ack(0, 10'000);
        ack(10, 20'000);
        ack(15, 20'000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{35'000}, aggregation_.extra());
    }
    void finds_one_ack_when_acks_come_at_the_rate() {
        for (int i = 0; i < 100; ++i) ack(10 * i, 10'000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10'000}, aggregation_.extra());
    }
    void never_exceeds_the_window() {
        ack(0, 90'000, 1, 50'000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{50'000}, aggregation_.extra());
    }
    void forgets_after_ten_rounds() {
        ack(0, 50'000, 1);
        ack(1000, 1000, 11);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{50'000}, aggregation_.extra());
        ack(2000, 1000, 12);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, aggregation_.extra());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AckAggregationTest);
