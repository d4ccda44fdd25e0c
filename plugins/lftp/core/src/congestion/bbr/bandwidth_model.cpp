#include <lftp/core/congestion/bbr/bandwidth_model.h>
#include <lftp/core/congestion/bbr/bbr_state.h>

namespace gantry::lftp {

void BandwidthModel::add(const RateSample& sample, bool app_limited) noexcept {
    const auto rate = sample.rate.value();
    if (rate == 0 || (app_limited && rate < max())) return;
    cycles_[1] = std::max(cycles_[1], rate);
}

void BandwidthModel::advance() noexcept {
    if (cycles_[1] == 0) return;
    cycles_ = {cycles_[1], 0};
}

std::uint64_t BandwidthModel::max() const noexcept { return std::max(cycles_[0], cycles_[1]); }

void BandwidthModel::yield() noexcept {
    if (short_term_ == kUnbounded) short_term_ = max();
    short_term_ = std::max(latest_, scaled(short_term_, bbr::kBeta));
}

}  // namespace gantry::lftp
