#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <array>
#include <chrono>
#include <cstddef>

namespace gantry::lftp {

// How long packets wait in queues on the path now: the least of the last few round-trip times,
// which jitter does not raise, against that of the empty path. The margin is that of RFC 9406.
class QueueDelay {
  public:
    static constexpr std::size_t kSamples = 8;

    QueueDelay() noexcept { recent_.fill(Duration::max()); }
    void add(TimePoint now, Duration sample) noexcept;
    // There is a queue.
    bool stands(Duration min_rtt) const noexcept;
    // There is one, and it is at least half as long as the longest of late: one that is about to
    // overflow, or may be.
    bool long_now(Duration min_rtt) const noexcept;

  private:
    static constexpr Duration kMemory = std::chrono::seconds(10);  // one to two of these

    Duration waiting(Duration min_rtt) const noexcept;

    std::array<Duration, kSamples> recent_;
    std::size_t count_ = 0;
    Duration least_{0};                  // of recent_
    std::array<Duration, 2> longest_{};  // of least_, in the last interval and in this
    TimePoint interval_began_;
};

}  // namespace gantry::lftp
