#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <chrono>
#include <cstdint>

namespace gantry::lftp {

// When the next probe for bandwidth is due (draft-ietf-ccwg-bbr section 5.3.3.8): after two to
// three seconds, or after as many round trips as Reno would take to grow back, at most 63; later
// where there are signs of others (docs/adr/008-bbr-beside-others.md). Chance, from a seed, keeps
// flows from probing in step.
class ProbeClock {
  public:
    static constexpr std::uint64_t kMostRounds = 63;
    static constexpr Duration kLeastWait = std::chrono::seconds(2);
    static constexpr Duration kMostWait = std::chrono::seconds(3);

    explicit ProbeClock(std::uint64_t seed) noexcept : random_(seed) {}

    void begin(TimePoint now) noexcept;
    void on_round() noexcept { ++rounds_; }
    // `inflight`: the packets that a probe would work with. `signs`: of others on the path, each of
    // which adds five quarters of the wait.
    bool due(TimePoint now, std::uint64_t inflight, unsigned signs) const noexcept;

    Duration wait() const noexcept { return wait_; }

  private:
    std::uint64_t next_random() noexcept;

    std::uint64_t random_;
    TimePoint began_;
    Duration wait_{0};
    std::uint64_t rounds_ = 0;
};

}  // namespace gantry::lftp
