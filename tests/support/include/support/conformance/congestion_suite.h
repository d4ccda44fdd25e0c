#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/controller_factory.h>
#include <support/congestion_feed.h>

#include <random>

namespace gantry::testing::conformance {

// For CongestionSuite: a name of the factory, and what the controller's specification says of it.
struct CongestionTraits {
    std::string_view name;
    std::uint64_t minimum_packets = 2;
    // The window after a reaction, in parts of the one before: at least and at most.
    double least_factor = 0;
    double most_factor = 1;
    bool reacts = true;  // to anything
};

// What every congestion controller does: the promises of CongestionController.
template <class Harness>
class CongestionSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CongestionSuite<Harness>);
    CPPUNIT_TEST(starts_with_an_initial_window_and_a_pace);
    CPPUNIT_TEST(grows_while_everything_arrives);
    CPPUNIT_TEST(does_not_grow_while_the_sender_lacks_data);
    CPPUNIT_TEST(reacts_to_loss_by_its_published_factor);
    CPPUNIT_TEST(counts_the_losses_of_one_flight_once);
    CPPUNIT_TEST(reacts_to_marks_as_to_loss);
    CPPUNIT_TEST(takes_a_spurious_reaction_back);
    CPPUNIT_TEST(never_falls_below_its_minimum);
    CPPUNIT_TEST(goes_on_after_persistent_congestion);
    CPPUNIT_TEST(goes_on_after_a_silence);
    CPPUNIT_TEST(keeps_its_bytes_when_datagrams_change);
    CPPUNIT_TEST(keeps_its_promises_in_any_order_of_events);
    CPPUNIT_TEST(answers_the_same_for_the_same_input);
    CPPUNIT_TEST(survives_the_extremes_of_64_bits);
    CPPUNIT_TEST_SUITE_END();

    static constexpr CongestionTraits kTraits = Harness::kTraits;
    static constexpr Duration kRtt = std::chrono::milliseconds(50);
    static constexpr Duration kQueued = std::chrono::milliseconds(90);
    static constexpr std::uint64_t kRate = 5'000'000;
    static constexpr std::uint32_t kDatagram = 1200;

    std::unique_ptr<lftp::CongestionController> controller_ = make();
    std::optional<CongestionFeed> feed_{*controller_};

    static std::unique_ptr<lftp::CongestionController> make() {
        auto made = lftp::make_controller(
            kTraits.name, {.datagram = kDatagram, .seed = 9, .rate = BytesPerSecond(kRate)});
        CPPUNIT_ASSERT(made.ok());
        return std::move(*made);
    }
    static std::uint64_t minimum(std::uint64_t datagram = kDatagram) {
        return kTraits.minimum_packets * datagram;
    }
    static void check(const lftp::CongestionController& controller) {
        CPPUNIT_ASSERT(controller.window().value() >= minimum());
        CPPUNIT_ASSERT(controller.window().value() <= lftp::kLargestWindow);
        CPPUNIT_ASSERT(controller.pacing_rate().value() > 0);
        CPPUNIT_ASSERT(controller.send_quantum().value() >= 2 * kDatagram);
        CPPUNIT_ASSERT(controller.send_quantum().value() <= lftp::kLargestTrain);
        CPPUNIT_ASSERT(!controller.state().empty());
    }
    void run(Duration time) { feed_->run(kRate, kRtt, time); }
    // A round trip in which a queue stands and one packet in ten is lost, and one after it.
    void lose_a_tenth() {
        int step = 0;
        feed_->run(kRate, kQueued, kQueued, [this, &step] {
            if (++step % 2 == 0) feed_->lose(1);
        });
        feed_->run(kRate, kQueued, kQueued);
    }
    double factor(std::uint64_t before) const {
        return static_cast<double>(feed_->window()) / static_cast<double>(before);
    }

  public:
    void starts_with_an_initial_window_and_a_pace() {
        check(*controller_);
        CPPUNIT_ASSERT(controller_->name() == kTraits.name);
        CPPUNIT_ASSERT(feed_->window() >= lftp::initial_window(kDatagram));
    }
    void grows_while_everything_arrives() {
        const auto before = feed_->window();
        feed_->rounds(3, kRtt);
        CPPUNIT_ASSERT(feed_->window() > before || !kTraits.reacts);
        check(*controller_);
    }
    void does_not_grow_while_the_sender_lacks_data() {
        feed_->round(kRtt);
        const auto before = feed_->window();
        feed_->lack_data(true);
        for (int i = 0; i < 50; ++i) {
            feed_->send(2);
            feed_->wait(kRtt);
            feed_->ack(2);
        }
        CPPUNIT_ASSERT(feed_->window() <= before);
    }
    void reacts_to_loss_by_its_published_factor() {
        run(std::chrono::seconds(2));
        const auto before = feed_->window();
        lose_a_tenth();
        CPPUNIT_ASSERT(factor(before) >= kTraits.least_factor * 0.99);
        CPPUNIT_ASSERT(factor(before) <= kTraits.most_factor * 1.02 + 0.01);
    }
    void counts_the_losses_of_one_flight_once() {
        feed_->rounds(3, kRtt);
        const auto before = feed_->window();
        feed_->fill();
        feed_->wait(kRtt);
        feed_->ack(1);
        for (int i = 0; i < 10; ++i) feed_->lose(1);
        CPPUNIT_ASSERT(factor(before) >= kTraits.least_factor * 0.99);
    }
    void reacts_to_marks_as_to_loss() {
        run(std::chrono::seconds(2));
        const auto before = feed_->window();
        feed_->mark();
        feed_->run(kRate, kQueued, kQueued);
        CPPUNIT_ASSERT(factor(before) >= kTraits.least_factor * 0.99);
        CPPUNIT_ASSERT(factor(before) <= kTraits.most_factor * 1.02 + 0.01);
    }
    void takes_a_spurious_reaction_back() {
        feed_->rounds(3, kRtt);
        const auto before = feed_->window();
        feed_->fill();
        feed_->wait(kRtt);
        feed_->lose(1);
        controller_->on_spurious_loss(feed_->now());
        CPPUNIT_ASSERT(feed_->window() >= before);
    }
    void never_falls_below_its_minimum() {
        for (int i = 0; i < 60; ++i) {
            feed_->fill();
            feed_->wait(kRtt);
            feed_->mark();
            feed_->lose(feed_->flying());
            check(*controller_);
            if (i % 5 == 0) controller_->on_persistent_congestion(feed_->now());
            feed_->send(1);
            feed_->wait(kRtt);
            feed_->ack(1);
            check(*controller_);
        }
    }
    void goes_on_after_persistent_congestion() {
        run(std::chrono::seconds(1));
        feed_->lose(feed_->flying());
        controller_->on_persistent_congestion(feed_->now());
        const auto after = feed_->window();
        CPPUNIT_ASSERT(after == minimum() || !kTraits.reacts);
        run(std::chrono::seconds(1));
        CPPUNIT_ASSERT(feed_->window() > after || !kTraits.reacts);
    }
    void goes_on_after_a_silence() {
        run(std::chrono::seconds(1));
        feed_->ack(feed_->flying());
        feed_->wait(std::chrono::seconds(20));
        controller_->on_restart(feed_->now());
        check(*controller_);
        const auto delivered = feed_->rate().delivered();
        run(std::chrono::seconds(2));
        CPPUNIT_ASSERT(feed_->rate().delivered() - delivered > kRate / 10);
    }
    void keeps_its_bytes_when_datagrams_change() {
        feed_->rounds(3, kRtt);
        const auto before = feed_->window();
        controller_->on_datagram_size(1400);
        CPPUNIT_ASSERT_EQUAL(before, feed_->window());
        controller_->on_datagram_size(60'000);
        CPPUNIT_ASSERT(feed_->window() >= minimum(60'000));
    }
    void keeps_its_promises_in_any_order_of_events() {
        for (unsigned seed = 1; seed <= 30; ++seed) {
            controller_ = make();
            feed_.emplace(*controller_);
            std::mt19937 random(seed);
            for (int i = 0; i < 300; ++i) {
                event(*feed_, *controller_, random);
                check(*controller_);
            }
        }
    }
    void answers_the_same_for_the_same_input() {
        const auto other = make();
        CongestionFeed other_feed(*other);
        std::mt19937 random(4);
        std::mt19937 other_random(4);
        for (int i = 0; i < 1000; ++i) {
            event(*feed_, *controller_, random);
            event(other_feed, *other, other_random);
            CPPUNIT_ASSERT(controller_->window() == other->window());
            CPPUNIT_ASSERT(controller_->pacing_rate() == other->pacing_rate());
            CPPUNIT_ASSERT(controller_->state() == other->state());
        }
    }
    void survives_the_extremes_of_64_bits() {
        const TimePoint late{Duration(std::int64_t{1} << 62)};
        const std::uint64_t most = lftp::kUnbounded;
        for (const Duration rtt : {Duration(0), Duration(1), Duration(std::int64_t{1} << 61)})
            for (const std::uint64_t bytes : {std::uint64_t{0}, std::uint64_t{1}, most}) {
                controller_->on_sent({late, bytes, most, false});
                lftp::LossSample loss{.now = late, .number = lftp::PacketNumber(most)};
                loss.packet = {.sent_at = late, .in_flight = most, .size = 0xFFFFFFFF};
                loss.lost_since_sent = loss.in_flight = loss.delivered = bytes;
                controller_->on_lost(loss);
                controller_->on_congestion({late, late, most, most, most});
                lftp::AckSample ack{.now = late + Duration(7), .bytes = bytes, .packets = most};
                ack.newest_sent_at = late + Duration(7);
                ack.rtt_latest = ack.rtt_minimum = ack.rtt_smoothed = rtt;
                ack.in_flight = ack.in_flight_before = most;
                ack.rate = {most, rtt, BytesPerSecond(bytes), false, bytes, most, most, bytes};
                controller_->on_acked(ack);
                check(*controller_);
                controller_->on_spurious_loss(late);
                controller_->on_restart(late);
                controller_->on_persistent_congestion(late);
                check(*controller_);
            }
        feed_.emplace(*controller_, late + std::chrono::seconds(1));
        run(std::chrono::seconds(1));
        check(*controller_);
    }

  private:
    static void event(CongestionFeed& feed, lftp::CongestionController& controller,
                      std::mt19937& random) {
        const auto some = [&random](unsigned below) { return random() % below; };
        switch (some(12)) {
            case 0:
                feed.mark();
                break;
            case 1:
                feed.lose(some(20));
                break;
            case 2:
                controller.on_spurious_loss(feed.now());
                break;
            case 3:
                if (some(4) == 0) controller.on_persistent_congestion(feed.now());
                break;
            case 4:
                if (feed.flying() == 0) controller.on_restart(feed.now());
                break;
            case 5:
                feed.lack_data(some(3) == 0);
                break;
            case 6:
                feed.wait(std::chrono::milliseconds(some(2000)));
                break;
            case 7:
            case 8:
                feed.send(some(200));
                break;
            default:
                feed.wait(std::chrono::microseconds(some(50'000)));
                if (feed.flying() > 0) feed.ack(1 + some(50));
        }
    }
};

}  // namespace gantry::testing::conformance
