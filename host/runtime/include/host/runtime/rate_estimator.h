#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <array>
#include <optional>

namespace gantry::host {

// The rate of a growing count over the last kWindow. Fed with samples as they come, it keeps one
// each kSpacing at most, so its memory is fixed.
class RateEstimator {
  public:
    static constexpr Duration kWindow = std::chrono::seconds(4);
    static constexpr Duration kSpacing = std::chrono::milliseconds(100);

    explicit RateEstimator(TimePoint start) { remember(start, 0); }
    void sample(TimePoint now, std::uint64_t done);
    // `done` is the count at `now`. A count that went back, as after a restart, has rate 0.
    BytesPerSecond rate(TimePoint now, std::uint64_t done) const;

  private:
    struct Sample {
        TimePoint at{};
        std::uint64_t done = 0;
    };
    static constexpr std::size_t kSamples = 41;  // kWindow / kSpacing and its two ends
    void remember(TimePoint at, std::uint64_t done);

    std::array<Sample, kSamples> samples_{};
    std::size_t count_ = 0;
    std::size_t next_ = 0;
};

// How long `left` takes at `rate`, or nothing when that is not known or over a year.
std::optional<Duration> time_left(ByteCount left, BytesPerSecond rate);

}  // namespace gantry::host
