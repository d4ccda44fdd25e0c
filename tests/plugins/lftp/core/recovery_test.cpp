#include "fake_controller.h"
#include "loss_fixture.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/recovery.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;

}  // namespace

class RecoveryTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecoveryTest);
    CPPUNIT_TEST(stays_within_the_window);
    CPPUNIT_TEST(samples_the_round_trip_and_tells_the_controller);
    CPPUNIT_TEST(tells_losses_before_the_acknowledgement);
    CPPUNIT_TEST(takes_a_spurious_loss_back);
    CPPUNIT_TEST(probes_when_no_acknowledgement_comes);
    CPPUNIT_TEST(a_probe_that_arrives_shows_what_was_lost);
    CPPUNIT_TEST(does_not_probe_with_data_before_the_handshake_is_confirmed);
    CPPUNIT_TEST(a_client_probes_although_nothing_is_in_flight);
    CPPUNIT_TEST(tells_of_each_new_mark_once);
    CPPUNIT_TEST(tells_of_a_restart_after_a_silence);
    CPPUNIT_TEST(keeps_the_pace_of_the_controller);
    CPPUNIT_TEST(refuses_an_ack_of_what_was_never_sent);
    CPPUNIT_TEST_SUITE_END();

    NotedFate fate_;
    std::unique_ptr<FakeController> made_ = std::make_unique<FakeController>(12'000);
    FakeController& controller_ = *made_;
    Recovery recovery_{std::move(made_), fate_};
    TimePoint now_{};

    void send(PacketSpace space = PacketSpace::data) {
        recovery_.on_sent(space, counting_packet(now_), now_);
    }
    void ack(std::vector<PacketRange> ranges, std::optional<EcnCounts> ecn = {}) {
        const MadeAck made(std::move(ranges), {}, ecn);
        CPPUNIT_ASSERT(recovery_.on_ack(PacketSpace::data, made.frame(), now_).ok());
    }
    void confirm() { recovery_.on_confirmed(milliseconds(25)); }

  public:
    void stays_within_the_window() {
        CPPUNIT_ASSERT(recovery_.window_open(1200));
        for (int i = 0; i < 10; ++i) send();
        CPPUNIT_ASSERT(!recovery_.window_open(1200));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'000}, recovery_.in_flight());
        ack({packets(0, 3)});
        CPPUNIT_ASSERT(recovery_.window_open(1200));
    }
    void samples_the_round_trip_and_tells_the_controller() {
        send();
        send();
        now_ += milliseconds(40);
        ack({packets(0, 1)});
        CPPUNIT_ASSERT(recovery_.rtt().latest() == milliseconds(40));
        CPPUNIT_ASSERT_EQUAL(std::string("ssa"), controller_.notes);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, controller_.last_ack.bytes);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2400}, controller_.last_ack.in_flight_before);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, controller_.last_ack.in_flight);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{60'000}, controller_.last_ack.rate.rate.value());
    }
    void tells_losses_before_the_acknowledgement() {
        for (int i = 0; i < 5; ++i) send();
        now_ += milliseconds(40);
        ack({packets(1, 4)});
        CPPUNIT_ASSERT_EQUAL(std::string("sssssla"), controller_.notes);
        CPPUNIT_ASSERT_EQUAL(std::string("a1 a2 a3 a4 l0 "), fate_.take());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, recovery_.lost_packets());
    }
    void takes_a_spurious_loss_back() {
        for (int i = 0; i < 5; ++i) send();
        now_ += milliseconds(40);
        ack({packets(1, 4)});
        ack({packets(0, 4)});
        CPPUNIT_ASSERT_EQUAL(std::string("ssssslau"), controller_.notes);
    }
    void probes_when_no_acknowledgement_comes() {
        confirm();
        send();
        now_ += milliseconds(40);
        ack({packets(0, 0)});
        fate_.take();
        send();
        send();
        const Duration timeout = milliseconds(40 + 4 * 20 + 25);
        CPPUNIT_ASSERT(recovery_.probe_timeout() == timeout);
        CPPUNIT_ASSERT(recovery_.deadline() == now_ + timeout);
        now_ = recovery_.deadline();
        const SentPacket* oldest = recovery_.on_timeout(now_);
        CPPUNIT_ASSERT(oldest != nullptr && oldest->number == PacketNumber(1));
        CPPUNIT_ASSERT_EQUAL(2U, recovery_.probes(PacketSpace::data));
        send();
        CPPUNIT_ASSERT_EQUAL(1U, recovery_.probes(PacketSpace::data));
        CPPUNIT_ASSERT(recovery_.deadline() == now_ + 2 * timeout);
        ack({packets(3, 3)});
        CPPUNIT_ASSERT_EQUAL(0U, recovery_.probes(PacketSpace::data));
        CPPUNIT_ASSERT_EQUAL(std::string("a3 l1 l2 "), fate_.take());
    }
    void a_probe_that_arrives_shows_what_was_lost() {
        confirm();
        for (int i = 0; i < 5; ++i) send();
        now_ = recovery_.deadline();
        (void)recovery_.on_timeout(now_);
        send();
        now_ += milliseconds(40);
        ack({packets(5, 5)});
        CPPUNIT_ASSERT_EQUAL(std::string("a5 l0 l1 l2 l3 l4 "), fate_.take());
    }
    void does_not_probe_with_data_before_the_handshake_is_confirmed() {
        send();
        CPPUNIT_ASSERT(recovery_.deadline() == TimePoint::max());
        send(PacketSpace::handshake);
        CPPUNIT_ASSERT(recovery_.deadline() == now_ + milliseconds(999));
        confirm();
        CPPUNIT_ASSERT(recovery_.deadline() == now_ + milliseconds(999 + 25));
    }
    void a_client_probes_although_nothing_is_in_flight() {
        recovery_.probe_idle(true);
        CPPUNIT_ASSERT(recovery_.deadline() == TimePoint(milliseconds(999)));
        now_ = recovery_.deadline();
        CPPUNIT_ASSERT(recovery_.on_timeout(now_) == nullptr);
        CPPUNIT_ASSERT_EQUAL(2U, recovery_.probes(PacketSpace::handshake));
        CPPUNIT_ASSERT(recovery_.deadline() > now_);
    }
    void tells_of_each_new_mark_once() {
        for (int i = 0; i < 2; ++i) {
            auto packet = counting_packet(now_);
            packet.marked = true;
            recovery_.on_sent(PacketSpace::data, packet, now_);
        }
        now_ += milliseconds(40);
        ack({packets(0, 0)}, EcnCounts{0, 0, 1});
        ack({packets(0, 1)}, EcnCounts{1, 0, 1});
        CPPUNIT_ASSERT_EQUAL(std::string("ssmaa"), controller_.notes);
    }
    void tells_of_a_restart_after_a_silence() {
        send();
        ack({packets(0, 0)});
        now_ += std::chrono::seconds(5);
        send();
        CPPUNIT_ASSERT_EQUAL(std::string("sars"), controller_.notes);
    }
    void keeps_the_pace_of_the_controller() {
        NotedFate fate;
        Recovery slow(std::make_unique<FakeController>(1'000'000, 1'000'000), fate);
        int count = 0;
        for (; slow.pace_open(now_); ++count)
            slow.on_sent(PacketSpace::data, counting_packet(now_), now_);
        CPPUNIT_ASSERT(count * 1200 >= 64 * 1024 && count * 1200 < 68 * 1024);
        CPPUNIT_ASSERT(slow.pace_due() > now_ && slow.pace_due() < now_ + milliseconds(70));
    }
    void refuses_an_ack_of_what_was_never_sent() {
        const MadeAck bad({packets(3, 3)});
        CPPUNIT_ASSERT(!recovery_.on_ack(PacketSpace::data, bad.frame(), now_).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RecoveryTest);
