#pragma once

#include <lftp/core/congestion/arithmetic.h>
#include <lftp/core/congestion/rate_sample.h>

#include <algorithm>
#include <array>

namespace gantry::lftp {

// What rate the path delivers at (draft-ietf-ccwg-bbr sections 5.5.2 to 5.5.6 and 5.5.10.3), in
// bytes a second: the most of the last two probing cycles, and a bound below it after loss.
class BandwidthModel {
  public:
    void add(const RateSample& sample, bool app_limited) noexcept;
    // A probing cycle is over: its best counts for one more.
    void advance() noexcept;

    std::uint64_t max() const noexcept;
    std::uint64_t bound() const noexcept { return short_term_; }
    std::uint64_t value() const noexcept { return std::min(max(), short_term_); }

    // The most of the running round, for the bound.
    std::uint64_t latest() const noexcept { return latest_; }
    void note_latest(std::uint64_t rate) noexcept { latest_ = std::max(latest_, rate); }
    void begin_latest(std::uint64_t rate) noexcept { latest_ = rate; }

    // A round with loss: down to what it delivered, at most by kBeta.
    void yield() noexcept;
    void lift_bound() noexcept { short_term_ = kUnbounded; }
    void raise_bound(std::uint64_t bound) noexcept { short_term_ = std::max(short_term_, bound); }

  private:
    std::array<std::uint64_t, 2> cycles_{};  // the last one's and this one's best
    std::uint64_t short_term_ = kUnbounded;
    std::uint64_t latest_ = 0;
};

}  // namespace gantry::lftp
