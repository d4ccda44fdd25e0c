#include <lftp/core/congestion/hystart.h>

#include <algorithm>

namespace gantry::lftp {

Duration HyStart::threshold(Duration last_minimum) noexcept {
    return std::clamp(last_minimum / kThresholdDivisor, kMinThreshold, kMaxThreshold);
}

std::uint64_t HyStart::on_ack(const AckSample& ack) noexcept {
    if (rounds_.on_ack(ack.rate)) begin_round();
    if (ack.rtt_latest > Duration::zero()) {
        minimum_ = std::min(minimum_, ack.rtt_latest);
        ++samples_;
    }
    judge();
    if (phase_ == Phase::kDone) return 0;
    return phase_ == Phase::kSlowStart ? ack.bytes : ack.bytes / kGrowthDivisor;
}

// The round in whose middle the alarm came counts as the first.
void HyStart::begin_round() noexcept {
    last_minimum_ = minimum_;
    minimum_ = kNone;
    samples_ = 0;
    if (phase_ == Phase::kConservative && ++conservative_rounds_ >= kConservativeRounds)
        phase_ = Phase::kDone;
}

void HyStart::judge() noexcept {
    if (samples_ < kSamples || minimum_ == kNone) return;
    if (phase_ == Phase::kSlowStart && last_minimum_ != kNone &&
        minimum_ - last_minimum_ >= threshold(last_minimum_)) {
        baseline_ = minimum_;
        conservative_rounds_ = 0;
        phase_ = Phase::kConservative;
    } else if (phase_ == Phase::kConservative && minimum_ < baseline_) {
        baseline_ = kNone;
        phase_ = Phase::kSlowStart;
    }
}

}  // namespace gantry::lftp
