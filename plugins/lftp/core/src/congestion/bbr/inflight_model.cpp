#include <lftp/core/congestion/bbr/bbr_state.h>
#include <lftp/core/congestion/bbr/inflight_model.h>

namespace gantry::lftp {

namespace {

constexpr unsigned kMostDoublings = 30;

}  // namespace

std::uint64_t InflightModel::with_headroom() const noexcept {
    if (!bounded()) return kUnbounded;
    const auto headroom = std::max(datagram_, scaled(long_term_, bbr::kHeadroom));
    return std::max(saturating_sub(long_term_, headroom), bbr::kMinPipePackets * datagram_);
}

void InflightModel::yield(std::uint64_t window, std::uint64_t latest) noexcept {
    if (short_term_ == kUnbounded) short_term_ = window;
    short_term_ = std::max(latest, scaled(short_term_, bbr::kBeta));
}

void InflightModel::begin_raise() noexcept {
    rounds_ = 0;
    acked_ = 0;
}

void InflightModel::next_slope(std::uint64_t window) noexcept {
    const std::uint64_t datagrams = std::uint64_t{1} << rounds_;
    rounds_ = std::min(rounds_ + 1, kMostDoublings);
    acked_per_step_ = std::max(window / datagrams, datagram_);
}

void InflightModel::raise(std::uint64_t acked) noexcept {
    acked_ = saturating_add(acked_, acked);
    if (!bounded() || acked_ < acked_per_step_) return;
    const auto steps = acked_ / acked_per_step_;
    acked_ -= steps * acked_per_step_;
    long_term_ = saturating_add(long_term_, mul_div(steps, datagram_, 1));
}

}  // namespace gantry::lftp
