#include <lftp/core/congestion/bbr/random_loss.h>

#include <algorithm>
#include <cmath>

namespace gantry::lftp {

void RandomLoss::on_round(std::uint64_t acked, std::uint64_t lost, bool teaches) noexcept {
    if (teaches) {
        lost_ = lost_ * kKept + static_cast<double>(lost);
        sent_ = sent_ * kKept + static_cast<double>(acked) + static_cast<double>(lost);
    } else {
        lost_ *= kDecay;
    }
    rate_ = sent_ > 0 ? std::min(lost_ / sent_, kMost) : 0;
}

bool RandomLoss::exceeded(std::uint64_t lost, std::uint64_t sent, std::uint64_t datagram,
                          double tolerated) const noexcept {
    const auto bytes = static_cast<double>(sent);
    const double variance = bytes * static_cast<double>(datagram) * rate_ * (1.0 - rate_);
    const double explained = bytes * (rate_ + tolerated) + kDeviations * std::sqrt(variance);
    return static_cast<double>(lost) > explained;
}

}  // namespace gantry::lftp
