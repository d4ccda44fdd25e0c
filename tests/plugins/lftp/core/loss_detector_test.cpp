#include "loss_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/loss_detector.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;

}  // namespace

class LossDetectorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LossDetectorTest);
    CPPUNIT_TEST(tells_each_acknowledged_packet_once);
    CPPUNIT_TEST(refuses_an_ack_of_what_was_never_sent);
    CPPUNIT_TEST(gives_no_sample_for_an_ack_whose_largest_is_known);
    CPPUNIT_TEST(takes_a_packet_for_lost_three_numbers_later);
    CPPUNIT_TEST(takes_a_packet_for_lost_after_the_reordering_window);
    CPPUNIT_TEST(does_not_count_numbers_where_the_path_reorders);
    CPPUNIT_TEST(takes_a_loss_back_when_the_packet_arrives);
    CPPUNIT_TEST(does_not_undo_a_recovery_with_one_true_loss);
    CPPUNIT_TEST(packets_that_do_not_count_are_forgotten_at_once);
    CPPUNIT_TEST(finds_persistent_congestion);
    CPPUNIT_TEST(an_acknowledgement_between_makes_it_no_persistent_congestion);
    CPPUNIT_TEST(names_the_oldest_open_packet_until_the_space_is_over);
    CPPUNIT_TEST_SUITE_END();

    LossDetector detector_;
    NotedFate fate_;
    RttEstimator rtt_;
    TimePoint now_{};

    void send_some(int count) {
        for (int i = 0; i < count; ++i) detector_.on_sent(counting_packet(now_));
    }
    AckOutcome ack(std::vector<PacketRange> ranges) {
        const MadeAck made(std::move(ranges));
        return detector_.on_ack(made.frame(), fate_).value();
    }
    std::string detected() {
        (void)detector_.detect(now_, rtt_, milliseconds(100), fate_);
        return fate_.take();
    }

  public:
    void tells_each_acknowledged_packet_once() {
        send_some(6);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7200}, detector_.in_flight());
        const auto outcome = ack({packets(0, 2)});
        CPPUNIT_ASSERT_EQUAL(std::string("a0 a1 a2 "), fate_.take());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, outcome.packets);
        CPPUNIT_ASSERT(outcome.gives_sample && outcome.newest == PacketNumber(2));
        CPPUNIT_ASSERT(!ack({packets(0, 2)}).newest);
        (void)ack({packets(5, 5), packets(1, 3)});
        CPPUNIT_ASSERT_EQUAL(std::string("a5 a3 "), fate_.take());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1200}, detector_.in_flight());
    }
    void refuses_an_ack_of_what_was_never_sent() {
        send_some(3);
        const MadeAck bad({packets(3, 3)});
        CPPUNIT_ASSERT(detector_.on_ack(bad.frame(), fate_).error().code == ErrorCode::protocol);
    }
    void gives_no_sample_for_an_ack_whose_largest_is_known() {
        send_some(4);
        (void)ack({packets(3, 3)});
        CPPUNIT_ASSERT(!ack({packets(3, 3), packets(0, 1)}).gives_sample);
    }
    void takes_a_packet_for_lost_three_numbers_later() {
        send_some(5);
        (void)ack({packets(1, 2)});
        CPPUNIT_ASSERT_EQUAL(std::string("a1 a2 "), detected());
        (void)ack({packets(1, 3)});
        CPPUNIT_ASSERT_EQUAL(std::string("a3 l0 "), detected());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1200}, detector_.in_flight());
    }
    void takes_a_packet_for_lost_after_the_reordering_window() {
        send_some(2);
        now_ += milliseconds(40);
        rtt_.add_sample(milliseconds(40), {});
        (void)ack({packets(1, 1)});
        CPPUNIT_ASSERT_EQUAL(std::string("a1 "), detected());
        CPPUNIT_ASSERT(detector_.loss_time() == TimePoint(milliseconds(50)));
        now_ = detector_.loss_time();
        CPPUNIT_ASSERT_EQUAL(std::string("l0 "), detected());
        CPPUNIT_ASSERT(detector_.loss_time() == TimePoint::max() && !detector_.waits());
    }
    void does_not_count_numbers_where_the_path_reorders() {
        send_some(10);
        rtt_.add_sample(milliseconds(40), {});
        (void)ack({packets(1, 1)});
        (void)ack({packets(0, 1)});
        (void)ack({packets(6, 6), packets(0, 1)});
        fate_.take();
        CPPUNIT_ASSERT_EQUAL(std::string(), detected());
        now_ += milliseconds(50);
        CPPUNIT_ASSERT_EQUAL(std::string("l2 l3 l4 l5 "), detected());
    }
    void takes_a_loss_back_when_the_packet_arrives() {
        send_some(5);
        (void)ack({packets(2, 4)});
        CPPUNIT_ASSERT_EQUAL(std::string("a2 a3 a4 l0 l1 "), detected());
        CPPUNIT_ASSERT(!ack({packets(1, 4)}).undo);
        CPPUNIT_ASSERT(ack({packets(0, 4)}).undo);
        CPPUNIT_ASSERT_EQUAL(std::string("s1 s0 "), fate_.take());
        CPPUNIT_ASSERT(detector_.reordering().seen());
        CPPUNIT_ASSERT(detector_.reordering().window(milliseconds(40), milliseconds(90)) ==
                       milliseconds(20));
    }
    void does_not_undo_a_recovery_with_one_true_loss() {
        send_some(5);
        (void)ack({packets(2, 4)});
        (void)detected();
        CPPUNIT_ASSERT(!ack({packets(2, 4), packets(0, 0)}).undo);
        now_ += std::chrono::seconds(10);
        (void)detected();
        CPPUNIT_ASSERT(!ack({packets(0, 4)}).undo);
    }
    void packets_that_do_not_count_are_forgotten_at_once() {
        for (int i = 0; i < 1000; ++i) detector_.on_sent(SentPacket());
        CPPUNIT_ASSERT(!detector_.waits() && detector_.in_flight() == 0);
        CPPUNIT_ASSERT(detector_.next() == PacketNumber(1000));
        CPPUNIT_ASSERT(!ack({packets(0, 999)}).newest);
    }
    void finds_persistent_congestion() {
        rtt_.add_sample(milliseconds(10), {});
        (void)detected();
        for (int i = 0; i < 5; ++i) {
            send_some(1);
            now_ += milliseconds(40);
        }
        send_some(1);
        (void)ack({packets(5, 5)});
        const auto outcome = detector_.detect(now_, rtt_, milliseconds(50), fate_);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, outcome.packets);
        CPPUNIT_ASSERT(outcome.persistent);
    }
    void an_acknowledgement_between_makes_it_no_persistent_congestion() {
        rtt_.add_sample(milliseconds(10), {});
        (void)detected();
        for (int i = 0; i < 5; ++i) {
            send_some(1);
            now_ += milliseconds(40);
        }
        send_some(1);
        (void)ack({packets(5, 5), packets(2, 2)});
        const auto outcome = detector_.detect(now_, rtt_, milliseconds(50), fate_);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, outcome.packets);
        CPPUNIT_ASSERT(!outcome.persistent);
    }
    void names_the_oldest_open_packet_until_the_space_is_over() {
        send_some(3);
        (void)ack({packets(0, 0)});
        CPPUNIT_ASSERT(detector_.oldest_open()->number == PacketNumber(1));
        detector_.abandon();
        CPPUNIT_ASSERT(detector_.oldest_open() == nullptr && detector_.in_flight() == 0);
        CPPUNIT_ASSERT(!ack({packets(0, 2)}).newest);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LossDetectorTest);
