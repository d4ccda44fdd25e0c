#pragma once

#include <lftp/core/congestion/rate_sample.h>
#include <lftp/wire/packet_number.h>

namespace gantry::lftp {

// Measures the delivery rate of one path (draft-ietf-ccwg-bbr section 4.1,
// draft-cheng-iccrg-delivery-rate-estimation): each packet remembers what had been delivered when
// it was sent, and its ACK divides what came since by the time that took. Constant work per packet.
class DeliveryRate {
  public:
    // Before `size` bytes count in `in_flight`. The answer goes with the packet.
    PacketDelivery on_sent(TimePoint now, std::uint32_t size, std::uint64_t in_flight) noexcept;
    // Once for each packet that an ACK newly names, in any order; finish() then ends that ACK.
    void on_acked(PacketNumber number, const PacketDelivery& packet, TimePoint now) noexcept;
    void on_lost(const PacketDelivery& packet) noexcept;
    // The sample of the ACK whose packets were just told. A sample over less than `min_rtt` has no
    // rate: it would be the burst, not the path.
    RateSample finish(Duration min_rtt) noexcept;

    // Window and pace would let a packet go, but there is none: no data, or no credit of the peer.
    // Samples of this round trip are then marked. To be told before `in_flight` changes.
    void on_app_limited(std::uint64_t in_flight) noexcept;

    std::uint64_t delivered() const noexcept { return delivered_; }
    std::uint64_t lost() const noexcept { return lost_; }
    bool app_limited() const noexcept { return app_limited_until_ != 0; }

  private:
    bool is_newest(PacketNumber number, const PacketDelivery& packet) const noexcept;

    std::uint64_t delivered_ = 0;
    std::uint64_t lost_ = 0;
    TimePoint delivered_at_;
    TimePoint first_sent_at_;
    std::uint64_t app_limited_until_ = 0;  // `delivered` at which the gap has passed; 0: none

    // Of the ACK that is being told.
    bool has_packet_ = false;
    PacketNumber newest_;
    PacketDelivery sampled_;
    TimePoint acked_at_;
};

}  // namespace gantry::lftp
