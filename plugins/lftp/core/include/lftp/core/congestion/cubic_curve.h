#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <optional>

namespace gantry::lftp {

// The window of CUBIC's congestion avoidance as a function of time (RFC 9438 section 4), in
// datagrams and seconds as the RFC has it. One epoch runs from a reaction to the next.
class CubicCurve {
  public:
    static constexpr double kC = 0.4;
    static constexpr double kBeta = 0.7;
    // Grows as much as Reno does with its half (section 4.3).
    static constexpr double kAlpha = 3.0 * (1.0 - kBeta) / (1.0 + kBeta);
    static constexpr double kMostGrowth = 1.5;  // of the window in one round trip

    // Congestion at `window`. With fast convergence, a flow whose last maximum was not reached
    // leaves room for a newer one (section 4.7).
    void on_congestion(double window) noexcept;
    // Slow start begins again; the next epoch starts at what it reaches (section 4.8).
    void on_timeout() noexcept;

    bool has_epoch() const noexcept { return epoch_.has_value(); }
    // `window` is what the epoch begins with.
    void begin_epoch(TimePoint now, double window) noexcept;
    // Time in which the sender lacked data does not count (section 5.8).
    void skip(Duration idle) noexcept;

    // The window after `acked` datagrams arrived, with `window` before them.
    double grown(double window, double acked, TimePoint now, Duration smoothed) noexcept;

    double k() const noexcept { return k_; }
    double maximum() const noexcept { return maximum_; }
    // W_cubic(t), t seconds into the epoch.
    double at(double t) const noexcept;
    // W_est: what Reno would have.
    double reno_estimate() const noexcept { return estimate_; }
    bool reno_friendly() const noexcept { return reno_friendly_; }

  private:
    double maximum_ = 0;  // W_max
    double k_ = 0;
    double estimate_ = 0;
    double prior_ = 0;  // cwnd_prior: from there W_est grows as Reno does
    std::optional<TimePoint> epoch_;
    bool reno_friendly_ = false;
};

}  // namespace gantry::lftp
