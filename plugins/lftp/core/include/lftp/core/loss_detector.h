#pragma once

#include <lftp/core/range_set.h>
#include <lftp/core/reordering_window.h>
#include <lftp/core/rtt_estimator.h>
#include <lftp/core/sent_packets.h>
#include <lftp/wire/ack_frame.h>

#include <optional>

namespace gantry::lftp {

// What becomes of packets; told by a LossDetector, which must not be called back.
class PacketFate {
  public:
    virtual ~PacketFate() = default;
    virtual void on_packet_acked(const SentPacket& packet) = 0;
    virtual void on_packet_lost(const SentPacket& packet) = 0;
    // One that was taken for lost was received all the same.
    virtual void on_lost_packet_acked(const SentPacket& packet) = 0;
};

// What an ack brought.
struct AckOutcome {
    std::uint64_t packets = 0;           // newly acknowledged, of those in flight
    std::uint64_t bytes = 0;             // of them
    std::optional<PacketNumber> newest;  // the largest that is newly acknowledged
    TimePoint newest_sent_at;
    bool gives_sample = false;  // it is the largest of the ack, and something new in it counts
    bool undo = false;          // all that the last recovery took for lost has arrived
};

// What was found to be lost.
struct LossOutcome {
    std::uint64_t packets = 0;  // of those in flight
    bool persistent = false;    // nothing passed for three probe timeouts
};

// Finds out which packets of one space are lost (docs/protocols/rudp.md section 6; RFC 9002
// appendix A, RFC 8985). Work is linear in what is newly acknowledged or lost, and in the ranges of
// the ack.
class LossDetector {
  public:
    static constexpr std::uint64_t kPacketThreshold = 3;

    explicit LossDetector(PacketNumber first = PacketNumber(0)) : sent_(first) {}

    PacketNumber next() const noexcept { return sent_.next(); }
    bool full() const noexcept { return sent_.full(); }
    // The packet goes out now, under next().
    void on_sent(SentPacket packet);

    // ErrorCode::protocol (protocol_violation) for an ack of what was never sent.
    Result<AckOutcome> on_ack(const AckFrame& ack, PacketFate& fate);
    // After each ack with what it said of the round trip, and at loss_time(). `probe_timeout`:
    // without back-off, with the peer's delay.
    LossOutcome detect(TimePoint now, const RttEstimator& rtt, Duration probe_timeout,
                       PacketFate& fate);
    // When the next packet will be lost if nothing is heard of it; TimePoint::max() for never.
    TimePoint loss_time() const noexcept { return loss_time_; }

    std::uint64_t in_flight() const noexcept { return in_flight_; }  // bytes
    bool waits() const noexcept { return counting_ > 0; }            // for a packet that counts
    TimePoint last_counting_sent_at() const noexcept { return last_counting_sent_at_; }
    // The oldest packet that counts and may be acknowledged yet; for probes.
    const SentPacket* oldest_open() const noexcept;
    const ReorderingWindow& reordering() const noexcept { return reordering_; }
    // What is open will never be acknowledged, and that is no fault of the path: `fate` hears that
    // it is lost.
    void give_up(PacketFate& fate);
    // The space is over: nothing of it is in flight any more.
    void abandon() noexcept;

  private:
    void take_acked(Range part, AckOutcome& outcome, PacketFate& fate);
    void take_spurious(Range part, AckOutcome& outcome, PacketFate& fate);
    void take_lost(SentPacket& packet, TimePoint now, LossOutcome& outcome, PacketFate& fate);
    bool is_lost(const SentPacket& packet, TimePoint now, Duration patience) const noexcept;
    void extend_blackout(const SentPacket& packet) noexcept;
    bool acked_between(std::uint64_t from, std::uint64_t to) const noexcept;
    void forget_old_losses(TimePoint now, Duration age) noexcept;
    void leave_flight(const SentPacket& packet) noexcept;

    SentPackets sent_;
    RangeSet open_;  // numbers of the packets that are in that state
    RangeSet lost_;
    std::vector<Range> parts_;  // scratch
    ReorderingWindow reordering_;
    std::optional<std::uint64_t> largest_acked_;
    TimePoint loss_time_ = TimePoint::max();
    TimePoint last_counting_sent_at_;
    std::uint64_t in_flight_ = 0;
    std::uint64_t counting_ = 0;

    std::uint64_t recovery_end_ = 0;  // losses below belong to the recovery that has begun
    std::uint64_t recovery_lost_ = 0;
    std::uint64_t spurious_end_ = 0;  // surprises below belong to the same round trip

    struct Blackout {
        std::uint64_t last = 0;
        TimePoint from;
        TimePoint to;
        bool begun = false;
    } blackout_;
    std::optional<TimePoint> first_sample_at_;
};

}  // namespace gantry::lftp
