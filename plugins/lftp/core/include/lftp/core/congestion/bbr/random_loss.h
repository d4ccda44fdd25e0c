#pragma once

#include <lftp/core/congestion/arithmetic.h>

namespace gantry::lftp {

// The part of the loss that the path has whatever we send: learned from rounds that showed no queue
// and were not sent faster than the path is known to take. The record of decisions
// docs/adr/007-loss-without-a-queue.md says why and what bounds it.
class RandomLoss {
  public:
    static constexpr double kMost = 0.3;           // what is above is congestion, queue or not
    static constexpr double kDeviations = 3.0;     // of a round's count, that chance explains
    static constexpr double kKept = 7.0 / 8.0;     // of what was learned, a round later
    static constexpr double kDecay = 63.0 / 64.0;  // of the rate, in a round that teaches nothing

    // One round is over, with so many bytes. `teaches`: without a queue and not accelerating.
    void on_round(std::uint64_t acked, std::uint64_t lost, bool teaches) noexcept;

    // 0 to kMost.
    double rate() const noexcept { return rate_; }
    // Whether `lost` of `sent` bytes is more than this loss, chance and `tolerated` explain.
    bool exceeded(std::uint64_t lost, std::uint64_t sent, std::uint64_t datagram,
                  double tolerated) const noexcept;
    // What must be sent for `delivered` to arrive.
    std::uint64_t compensated(std::uint64_t delivered) const noexcept {
        return rate_ > 0 ? scaled(delivered, 1.0 / (1.0 - rate_)) : delivered;
    }

  private:
    double lost_ = 0;
    double sent_ = 0;
    double rate_ = 0;
};

}  // namespace gantry::lftp
