#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <chrono>

namespace gantry::lftp {

// The round-trip time of one path (RFC 9002 section 5).
class RttEstimator {
  public:
    static constexpr Duration kInitial = std::chrono::milliseconds(333);
    static constexpr Duration kGranularity = std::chrono::milliseconds(1);

    // `sample`: from sending a packet to its acknowledgement, for the largest packet that an ACK
    // newly names. `ack_delay`: what the peer says it waited; the caller has capped it at the
    // peer's greatest once that holds (section 5.3).
    void add_sample(Duration sample, Duration ack_delay);
    // The path may be another: the next sample also replaces the minimum (section 5.2).
    void forget_minimum() noexcept { minimum_stale_ = true; }

    bool has_sample() const noexcept { return has_sample_; }
    Duration latest() const noexcept { return latest_; }
    Duration minimum() const noexcept { return minimum_; }
    Duration smoothed() const noexcept { return smoothed_; }
    Duration variation() const noexcept { return variation_; }
    // How long to wait for an acknowledgement before probing, without the peer's delay and without
    // back-off (RFC 9002 section 6.2.1).
    Duration probe_timeout() const noexcept;

  private:
    void first_sample(Duration sample);

    bool has_sample_ = false;
    bool minimum_stale_ = false;
    Duration latest_{0};
    Duration minimum_ = kInitial;
    Duration smoothed_ = kInitial;
    Duration variation_ = kInitial / 2;
};

}  // namespace gantry::lftp
