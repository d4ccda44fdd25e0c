#pragma once

#include <lftp/core/congestion/bbr/random_loss.h>
#include <lftp/core/congestion/congestion_controller.h>

namespace gantry::lftp {

// What was lost from the first loss until a round trip later (draft-ietf-ccwg-bbr section
// 5.5.10.3), and whether that means congestion.
class LossRound {
  public:
    static constexpr int kHeavyRanges = 6;  // that end Startup, with bbr::kLossThreshold

    // True when it is the first of its round. `queue`: packets wait on the path.
    bool on_lost(const LossSample& loss, bool queue) noexcept;
    bool on_mark(std::uint64_t delivered) noexcept;
    // True when this ACK ends the round.
    bool on_ack(const AckSample& ack) noexcept;
    // Counts anew: what the ended round showed was used, or it showed nothing.
    void begin() noexcept;

    bool any() const noexcept { return lost_ > 0 || marked_; }
    // Calls for less: marks, loss beside a queue beyond the path's own, or too much of it.
    bool congested(const RandomLoss& random, std::uint64_t datagram) const noexcept;
    // Calls for the end of Startup.
    bool heavy(const RandomLoss& random, std::uint64_t datagram) const noexcept;

  private:
    bool note(std::uint64_t delivered) noexcept;
    bool excessive() const noexcept;
    std::uint64_t sent() const noexcept { return saturating_add(acked_, lost_); }

    std::uint64_t ends_at_ = 0;
    std::uint64_t acked_ = 0;
    std::uint64_t lost_ = 0;
    PacketNumber last_lost_;
    int ranges_ = 0;
    bool queue_ = false;
    bool marked_ = false;
};

}  // namespace gantry::lftp
