#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/loss_round.h>

using namespace gantry;
using namespace gantry::lftp;

class LossRoundTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LossRoundTest);
    CPPUNIT_TEST(ends_when_what_was_sent_after_the_first_loss_arrives);
    CPPUNIT_TEST(is_no_congestion_without_a_queue);
    CPPUNIT_TEST(is_congestion_beside_a_queue);
    CPPUNIT_TEST(is_congestion_when_too_much_is_gone);
    CPPUNIT_TEST(is_congestion_when_marked);
    CPPUNIT_TEST(is_heavy_from_six_ranges_and_two_hundredths);
    CPPUNIT_TEST_SUITE_END();

    LossRound round_;
    RandomLoss random_;

    bool lose(std::uint64_t number, bool queue) {
        LossSample loss{.number = PacketNumber(number), .delivered = 10'000};
        loss.packet.size = 1000;
        return round_.on_lost(loss, queue);
    }
    bool ack(std::uint64_t prior, std::uint64_t bytes) {
        AckSample sample{.bytes = bytes};
        sample.rate.prior_delivered = prior;
        sample.rate.total_delivered = prior + bytes;
        return round_.on_ack(sample);
    }
    bool congested() const { return round_.congested(random_, 1000); }
    bool heavy() const { return round_.heavy(random_, 1000); }

  public:
    void ends_when_what_was_sent_after_the_first_loss_arrives() {
        CPPUNIT_ASSERT(lose(1, false));
        CPPUNIT_ASSERT(!lose(2, false));
        CPPUNIT_ASSERT(!ack(9000, 1000));
        CPPUNIT_ASSERT(ack(10'000, 1000));
        CPPUNIT_ASSERT(round_.any());
        round_.begin();
        CPPUNIT_ASSERT(!round_.any());
    }
    void is_no_congestion_without_a_queue() {
        for (std::uint64_t i = 0; i < 20; ++i) lose(2 * i, false);
        ack(0, 80'000);  // a fifth is gone
        CPPUNIT_ASSERT(!congested() && !heavy());
    }
    void is_congestion_beside_a_queue() {
        lose(1, true);
        ack(0, 1'000'000);
        CPPUNIT_ASSERT(congested());
        random_.on_round(990'000, 10'000, true);  // the path's own loss
        CPPUNIT_ASSERT(!congested());
    }
    void is_congestion_when_too_much_is_gone() {
        for (std::uint64_t i = 0; i < 31; ++i) lose(2 * i, false);
        ack(0, 69'000);
        CPPUNIT_ASSERT(congested() && heavy());
    }
    void is_congestion_when_marked() {
        CPPUNIT_ASSERT(round_.on_mark(5));
        CPPUNIT_ASSERT(round_.any() && congested());
    }
    void is_heavy_from_six_ranges_and_two_hundredths() {
        for (std::uint64_t i = 0; i < 30; ++i) lose(i, true);  // one range
        ack(0, 100'000);
        CPPUNIT_ASSERT(!heavy());
        for (std::uint64_t i = 0; i < 5; ++i) lose(100 + 2 * i, true);
        CPPUNIT_ASSERT(heavy());
        ack(0, 10'000'000);
        CPPUNIT_ASSERT(!heavy());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LossRoundTest);
