#include <lftp/core/congestion/cubic_curve.h>

#include <algorithm>
#include <cmath>

namespace gantry::lftp {

void CubicCurve::on_congestion(double window) noexcept {
    maximum_ = window < maximum_ ? window * (1.0 + kBeta) / 2.0 : window;
    prior_ = window;
    epoch_.reset();
}

void CubicCurve::on_timeout() noexcept {
    maximum_ = 0;
    prior_ = 0;
    epoch_.reset();
}

// Where slow start ended without a loss there is no maximum to return to: the curve begins at its
// plateau (sections 4.8 and 4.10).
void CubicCurve::begin_epoch(TimePoint now, double window) noexcept {
    epoch_ = now;
    estimate_ = window;
    if (maximum_ <= window) maximum_ = window;
    k_ = std::cbrt((maximum_ - window) / kC);
}

void CubicCurve::skip(Duration idle) noexcept {
    if (epoch_) *epoch_ += std::max(idle, Duration::zero());
}

double CubicCurve::at(double t) const noexcept {
    const double from_plateau = t - k_;
    return kC * from_plateau * from_plateau * from_plateau + maximum_;
}

double CubicCurve::grown(double window, double acked, TimePoint now, Duration smoothed) noexcept {
    const double t = to_seconds(now - *epoch_);
    estimate_ += (estimate_ >= prior_ ? 1.0 : kAlpha) * acked / window;
    reno_friendly_ = at(t) < estimate_;
    if (reno_friendly_) return std::max(window, estimate_);
    const double target = std::clamp(at(t + to_seconds(smoothed)), window, kMostGrowth * window);
    return window + (target - window) * std::min(acked / window, 1.0);
}

}  // namespace gantry::lftp
