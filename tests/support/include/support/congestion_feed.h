#pragma once

#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/delivery_rate.h>
#include <lftp/core/rtt_estimator.h>

#include <deque>

namespace gantry::testing {

// Tells a controller of packets, ACKs and losses of a path that a test makes up, one call a line.
class CongestionFeed {
  public:
    explicit CongestionFeed(lftp::CongestionController& controller,
                            TimePoint start = TimePoint(std::chrono::seconds(1)),
                            std::uint32_t datagram = 1200)
        : controller_(controller), now_(start), datagram_(datagram) {}

    TimePoint now() const { return now_; }
    std::uint64_t window() const { return controller_.window().value(); }
    std::uint64_t in_flight() const { return in_flight_; }
    std::size_t flying() const { return flying_.size(); }
    const lftp::DeliveryRate& rate() const { return rate_; }

    void wait(Duration time) { now_ += time; }
    // The sender has less to send than it may: until told otherwise.
    void lack_data(bool lacks) { lacks_ = lacks; }

    void send(std::size_t packets) {
        for (; packets > 0; --packets) {
            if (lacks_) rate_.on_app_limited(in_flight_);
            const auto packet = rate_.on_sent(now_, datagram_, in_flight_);
            in_flight_ += datagram_;
            flying_.push_back({next_++, packet});
            controller_.on_sent({now_, datagram_, in_flight_, packet.app_limited});
        }
    }
    void fill() {
        while (in_flight_ + datagram_ <= window()) send(1);
    }
    // The oldest packets arrive, told in one ACK.
    lftp::AckSample ack(std::size_t packets) {
        lftp::AckSample sample{.now = now_};
        sample.in_flight_before = in_flight_;
        for (; packets > 0 && !flying_.empty(); --packets) {
            const auto [number, packet] = take();
            rate_.on_acked(lftp::PacketNumber(number), packet, now_);
            sample.bytes += packet.size;
            ++sample.packets;
            sample.newest_sent_at = packet.sent_at;
        }
        rtt_.add_sample(now_ - sample.newest_sent_at, {});
        sample.rtt_latest = rtt_.latest();
        sample.rtt_minimum = rtt_.minimum();
        sample.rtt_smoothed = rtt_.smoothed();
        sample.in_flight = in_flight_;
        sample.rate = rate_.finish(rtt_.minimum());
        controller_.on_acked(sample);
        return sample;
    }
    // The oldest packets are declared lost.
    void lose(std::size_t packets) {
        for (; packets > 0 && !flying_.empty(); --packets) {
            const auto [number, packet] = take();
            rate_.on_lost(packet);
            controller_.on_lost({now_, lftp::PacketNumber(number), packet,
                                 rate_.lost() - packet.lost, in_flight_, rate_.delivered()});
        }
    }
    // The oldest packet's ACK brings a mark.
    void mark() {
        controller_.on_congestion({now_, flying_.empty() ? now_ : flying_.front().packet.sent_at, 1,
                                   in_flight_, rate_.delivered()});
    }
    // The window leaves at once, and arrives `round_trip` later in ACKs of ten.
    void round(Duration round_trip) {
        fill();
        wait(round_trip);
        for (std::size_t left = flying_.size(); left > 0;) {
            const std::size_t group = left < 10 ? left : 10;
            ack(group);
            left -= group;
        }
    }
    // A link of `rate` bytes a second and this empty round trip, for `time`, in steps of a
    // millisecond: packets that are due wait for their turn, the sender keeps to window and pace.
    // `each` is called after every step.
    template <class Each>
    void run(std::uint64_t rate, Duration round_trip, Duration time, Each each) {
        for (const TimePoint end = now_ + time; now_ < end; each()) {
            wait(std::chrono::milliseconds(1));
            link_budget_ =
                std::min(link_budget_ + rate / 1000, std::uint64_t{datagram_} + rate / 1000);
            std::size_t due = 0;
            while (due < flying_.size() && flying_[due].packet.sent_at + round_trip <= now_ &&
                   link_budget_ >= datagram_) {
                ++due;
                link_budget_ -= datagram_;
            }
            if (due > 0) ack(due);
            pace_budget_ = std::min(pace_budget_ + controller_.pacing_rate().value() / 1000,
                                    controller_.send_quantum().value());
            for (; pace_budget_ >= datagram_ && in_flight_ + datagram_ <= window();
                 pace_budget_ -= datagram_)
                send(1);
        }
    }
    void run(std::uint64_t rate, Duration round_trip, Duration time) {
        run(rate, round_trip, time, [] {});
    }
    void rounds(int count, Duration round_trip) {
        for (; count > 0; --count) round(round_trip);
    }

  private:
    struct Flying {
        std::uint64_t number = 0;
        lftp::PacketDelivery packet;
    };

    Flying take() {
        const Flying oldest = flying_.front();
        flying_.pop_front();
        in_flight_ -= oldest.packet.size;
        return oldest;
    }

    lftp::CongestionController& controller_;
    TimePoint now_;
    std::uint32_t datagram_;
    lftp::DeliveryRate rate_;
    lftp::RttEstimator rtt_;
    std::deque<Flying> flying_;
    std::uint64_t next_ = 0;
    std::uint64_t in_flight_ = 0;
    std::uint64_t link_budget_ = 0;
    std::uint64_t pace_budget_ = 0;
    bool lacks_ = false;
};

}  // namespace gantry::testing
