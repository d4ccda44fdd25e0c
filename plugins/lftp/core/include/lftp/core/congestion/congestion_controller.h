#pragma once

#include <lftp/core/congestion/arithmetic.h>
#include <lftp/core/congestion/rate_sample.h>
#include <lftp/wire/packet_number.h>

#include <string_view>

namespace gantry::lftp {

// One packet left. All amounts in these records are bytes of whole datagrams.
struct SentSample {
    TimePoint now;
    std::uint64_t bytes = 0;
    std::uint64_t in_flight = 0;  // with this packet
    bool app_limited = false;     // before it the sender lacked data, not window
};

// One ACK that named packets for the first time.
struct AckSample {
    TimePoint now;
    std::uint64_t bytes = 0;  // newly acknowledged
    std::uint64_t packets = 0;
    TimePoint newest_sent_at;  // when the newest of them was sent
    Duration rtt_latest{0};    // of the newest, with the peer's delay; 0: this ACK gave no sample
    Duration rtt_minimum{0};   // of the path (RFC 9002 section 5)
    Duration rtt_smoothed{0};
    std::uint64_t in_flight_before = 0;
    std::uint64_t in_flight = 0;
    RateSample rate;  // also says where rounds end: see RoundCounter
};

// One packet that was declared lost.
struct LossSample {
    TimePoint now;
    PacketNumber number;
    PacketDelivery packet;
    std::uint64_t lost_since_sent = 0;  // with this packet
    std::uint64_t in_flight = 0;        // without it
    std::uint64_t delivered = 0;        // of the connection so far
};

// An ACK counted more packets with CE than the one before (RFC 9002 section 7.1).
struct MarkSample {
    TimePoint now;
    TimePoint newest_sent_at;  // when the newest packet that it acknowledges was sent
    std::uint64_t packets = 0;
    std::uint64_t in_flight = 0;
    std::uint64_t delivered = 0;
};

// Decides how much may be in flight on one path and how fast it may leave. Sans-IO and without
// randomness or clock of its own: the same calls give the same answers. One thread. The connection
// tells what happens in this order for one ACK: on_lost for each packet that it shows lost, then
// on_congestion when it brought marks, then on_acked.
//
// The controller counts losses and marks of packets that left before its last reaction as part of
// what it has answered (one reaction a round trip, RFC 9002 section 7.3.2). The window never leaves
// [minimum, kLargestWindow], and does not grow on the ACKs of a sender that lacks data.
class CongestionController {
  public:
    virtual ~CongestionController() = default;

    virtual void on_sent(const SentSample& sent) = 0;
    virtual void on_acked(const AckSample& ack) = 0;
    virtual void on_lost(const LossSample& loss) = 0;
    virtual void on_congestion(const MarkSample& mark) = 0;
    // All packets of the last reaction's losses did arrive: take it back. Told at most once for
    // each, and before another has begun.
    virtual void on_spurious_loss(TimePoint now) = 0;
    // Nothing passed for several probe timeouts (RFC 9002 section 7.6).
    virtual void on_persistent_congestion(TimePoint now) = 0;
    // Nothing was in flight for longer than a probe timeout, and the next packet is about to leave.
    virtual void on_restart(TimePoint now) = 0;
    // The path now takes datagrams of `size` bytes. The window keeps its bytes.
    virtual void on_datagram_size(std::uint64_t size) = 0;

    // A packet may leave while the bytes in flight with it are at most this.
    virtual ByteCount window() const noexcept = 0;
    virtual BytesPerSecond pacing_rate() const noexcept = 0;
    // How much may leave at once: at most 64 KiB or 1 ms, at least two datagrams.
    virtual ByteCount send_quantum() const noexcept = 0;
    // Below it the window grows by slow start; kUnbounded when it has none.
    virtual ByteCount slow_start_threshold() const noexcept { return ByteCount(kUnbounded); }

    // For traces, in snake_case and for the life of the program: "cubic", "congestion_avoidance".
    virtual std::string_view name() const noexcept = 0;
    virtual std::string_view state() const noexcept = 0;
};

}  // namespace gantry::lftp
