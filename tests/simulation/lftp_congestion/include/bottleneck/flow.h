#pragma once

#include <bottleneck/bottleneck.h>
#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/delivery_rate.h>
#include <lftp/core/rtt_estimator.h>

#include <deque>
#include <memory>
#include <optional>

namespace gantry::testing {

struct FlowOptions {
    std::uint32_t datagram = 1500;
    int ack_every = 10;  // packets, when none is missing
    bool paced = true;   // off: what the window lets go leaves at once, as from a plain TCP
    Duration starts_after{0};
    Duration extra_delay{0};  // one way, beyond the link's
    // Up to which each ACK is late by chance: flows whose packets always meet in the same order at
    // a full queue share it as no real ones do (phase effects).
    Duration jitter{0};
    std::uint64_t seed = 1;
};

// A sender with endless data and its receiver: window, pace, loss detection by packets and time
// (RFC 9002 section 6), one probe on a time-out. Packets and ACKs keep their order.
class Flow {
  public:
    Flow(std::unique_ptr<lftp::CongestionController> controller, const FlowOptions& options);

    // When it next wants to be called; the far future when it waits for an ACK.
    TimePoint next_event() const;
    void step(TimePoint now, Bottleneck& link);

    const lftp::CongestionController& controller() const { return *controller_; }
    std::uint64_t sent() const { return next_ * options_.datagram; }
    std::uint64_t delivered() const { return rate_.delivered(); }
    std::uint64_t lost() const { return rate_.lost(); }
    std::uint64_t in_flight() const { return in_flight_; }
    Duration smoothed() const { return rtt_.smoothed(); }

  private:
    enum class Fate : std::uint8_t { kFlying, kAcked, kLost };
    struct Packet {
        lftp::PacketDelivery delivery;
        Fate fate = Fate::kFlying;
        bool arrived = false;
    };
    // What the receiver tells in one ACK: those of [first, last] that arrived.
    struct Ack {
        TimePoint at;
        std::uint64_t first = 0;
        std::uint64_t last = 0;
    };
    static constexpr Duration kMaxAckDelay = std::chrono::milliseconds(25);
    // The first packets are acknowledged in pairs, so that a small window is not waited for.
    static constexpr std::uint64_t kEagerPackets = 100;
    static constexpr int kEagerAcks = 2;
    static constexpr std::uint64_t kReordering = 3;  // packets
    static constexpr TimePoint kNever = TimePoint::max();

    Packet& packet(std::uint64_t number) { return packets_[number - first_]; }
    bool may_send() const;
    void send_train(TimePoint now, Bottleneck& link);
    void send_one(TimePoint now, Bottleneck& link);
    void arrive(std::uint64_t number, TimePoint at, Duration back);
    void flush_ack(TimePoint at, Duration back);
    void take_ack(const Ack& ack);
    lftp::AckSample acknowledge(const Ack& ack);
    void detect_loss(TimePoint now);
    void lose(std::uint64_t number, TimePoint now);
    void on_timer(TimePoint now, Bottleneck& link);
    void forget_answered();
    TimePoint ack_due() const;
    TimePoint timer() const;
    Duration reordering() const;

    std::unique_ptr<lftp::CongestionController> controller_;
    FlowOptions options_;
    lftp::DeliveryRate rate_;
    lftp::RttEstimator rtt_;
    std::deque<Packet> packets_;  // from first_
    std::uint64_t first_ = 0;
    std::uint64_t next_ = 0;
    std::uint64_t largest_acked_ = 0;
    std::uint64_t unresolved_ = 0;  // none below is flying
    std::uint64_t in_flight_ = 0;
    TimePoint paced_until_;
    TimePoint last_activity_;
    int probes_ = 0;
    std::deque<Ack> acks_;
    // Of the receiver: what arrived and is not told.
    std::optional<TimePoint> untold_since_;
    std::uint64_t untold_first_ = 0;
    std::uint64_t expected_ = 0;
    int untold_ = 0;
    Duration back_{0};
    Chance chance_;
};

}  // namespace gantry::testing
