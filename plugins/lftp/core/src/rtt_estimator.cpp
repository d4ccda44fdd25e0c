#include <lftp/core/rtt_estimator.h>

#include <algorithm>

namespace gantry::lftp {

void RttEstimator::first_sample(Duration sample) {
    has_sample_ = true;
    minimum_ = smoothed_ = sample;
    variation_ = sample / 2;
}

void RttEstimator::add_sample(Duration sample, Duration ack_delay) {
    latest_ = sample;
    if (!has_sample_) return first_sample(sample);
    minimum_ = minimum_stale_ ? sample : std::min(minimum_, sample);
    minimum_stale_ = false;
    const Duration adjusted = sample >= minimum_ + ack_delay ? sample - ack_delay : sample;
    const Duration error = smoothed_ > adjusted ? smoothed_ - adjusted : adjusted - smoothed_;
    variation_ = (3 * variation_ + error) / 4;
    smoothed_ = (7 * smoothed_ + adjusted) / 8;
}

Duration RttEstimator::probe_timeout() const noexcept {
    return smoothed_ + std::max(4 * variation_, kGranularity);
}

}  // namespace gantry::lftp
