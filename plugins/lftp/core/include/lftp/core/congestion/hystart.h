#pragma once

#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/round_counter.h>

namespace gantry::lftp {

// HyStart++ (RFC 9406): leaves slow start when the round-trip time of a round is above that of the
// round before, by way of a few rounds of conservative slow start that take a false alarm back.
class HyStart {
  public:
    static constexpr Duration kMinThreshold = std::chrono::milliseconds(4);
    static constexpr Duration kMaxThreshold = std::chrono::milliseconds(16);
    static constexpr int kThresholdDivisor = 8;
    static constexpr int kSamples = 8;        // of a round, before it is judged
    static constexpr int kGrowthDivisor = 4;  // of conservative slow start
    static constexpr int kConservativeRounds = 5;

    enum class Phase { kSlowStart, kConservative, kDone };

    // How much above the last round's minimum means a queue: an eighth of it, within bounds.
    static Duration threshold(Duration last_minimum) noexcept;

    // Takes one ACK and tells by how much the window grows for it.
    std::uint64_t on_ack(const AckSample& ack) noexcept;
    void on_congestion() noexcept { phase_ = Phase::kDone; }
    // Slow start begins again, as after persistent congestion.
    void restart() noexcept { *this = HyStart(); }

    Phase phase() const noexcept { return phase_; }

  private:
    static constexpr Duration kNone = Duration::max();

    void begin_round() noexcept;
    void judge() noexcept;

    Phase phase_ = Phase::kSlowStart;
    RoundCounter rounds_;
    Duration last_minimum_ = kNone;
    Duration minimum_ = kNone;
    Duration baseline_ = kNone;  // minimum of the round that raised the alarm
    int samples_ = 0;
    int conservative_rounds_ = 0;
};

}  // namespace gantry::lftp
