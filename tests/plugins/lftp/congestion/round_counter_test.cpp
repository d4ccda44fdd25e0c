#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/recovery_period.h>
#include <lftp/core/congestion/round_counter.h>

#include <chrono>

using namespace gantry;
using namespace gantry::lftp;

class RoundCounterTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RoundCounterTest);
    CPPUNIT_TEST(begins_a_round_with_what_was_sent_in_the_last);
    CPPUNIT_TEST(begins_anew_where_it_is_told_to);
    CPPUNIT_TEST(recovery_covers_what_left_before_it);
    CPPUNIT_TEST_SUITE_END();

    RoundCounter rounds_;

    bool ack(std::uint64_t prior, std::uint64_t total) {
        return rounds_.on_ack({.prior_delivered = prior, .total_delivered = total});
    }

  public:
    void begins_a_round_with_what_was_sent_in_the_last() {
        CPPUNIT_ASSERT(ack(0, 10));
        CPPUNIT_ASSERT(!ack(0, 20));
        CPPUNIT_ASSERT(!ack(9, 30));
        CPPUNIT_ASSERT(ack(10, 40));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, rounds_.count());
    }
    void begins_anew_where_it_is_told_to() {
        ack(0, 10);
        rounds_.restart(50);
        CPPUNIT_ASSERT(!ack(49, 60));
        CPPUNIT_ASSERT(ack(50, 70));
    }
    void recovery_covers_what_left_before_it() {
        const auto at = [](int s) { return TimePoint(std::chrono::seconds(s)); };
        RecoveryPeriod recovery;
        CPPUNIT_ASSERT(!recovery.covers(at(1)));
        recovery.begin(at(5));
        CPPUNIT_ASSERT(recovery.covers(at(5)) && !recovery.covers(at(6)));
        recovery.forget();
        CPPUNIT_ASSERT(!recovery.covers(at(5)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RoundCounterTest);
