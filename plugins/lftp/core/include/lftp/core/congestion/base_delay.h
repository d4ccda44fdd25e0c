#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <array>
#include <chrono>
#include <cstddef>

namespace gantry::lftp {

// The round-trip time of the empty path and the one of now (RFC 6817 section 4.2, with round-trip
// times as LEDBAT++ takes them): the least of the last minutes, and the least of the last samples.
class BaseDelay {
  public:
    static constexpr std::size_t kHistory = 10;  // BASE_HISTORY, minutes
    static constexpr std::size_t kFilter = 4;    // CURRENT_FILTER, samples
    static constexpr Duration kInterval = std::chrono::minutes(1);

    BaseDelay() noexcept;
    void add(TimePoint now, Duration sample) noexcept;

    bool known() const noexcept { return samples_ > 0; }
    Duration base() const noexcept;
    Duration current() const noexcept;
    // What waits in queues now.
    Duration queueing() const noexcept { return known() ? current() - base() : Duration::zero(); }

  private:
    static constexpr Duration kNone = Duration::max();

    std::array<Duration, kHistory> minutes_;
    std::array<Duration, kFilter> recent_;
    TimePoint minute_began_;
    std::size_t minute_ = 0;
    std::size_t samples_ = 0;
};

}  // namespace gantry::lftp
