#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <cstdint>
#include <optional>

namespace gantry::testing {

// A little chance from a seed (SplitMix64).
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    // Uniform in [0, 1).
    double unit();

  private:
    std::uint64_t state_;
};

// A path of one link in virtual time: a queue that drops what does not fit, a rate, a delay, and
// random loss behind them.
struct LinkOptions {
    std::uint64_t rate = 12'500'000;  // bytes a second
    Duration one_way = std::chrono::milliseconds(50);
    std::uint64_t queue = 1'250'000;  // bytes that wait
    double loss = 0;                  // of what leaves the link
    std::uint64_t seed = 1;
};

class Bottleneck {
  public:
    explicit Bottleneck(const LinkOptions& options) : options_(options), chance_(options.seed) {}

    // When a packet of `size` that is offered at `now` arrives at the far end; nothing when it was
    // dropped. Calls are in order of time.
    std::optional<TimePoint> offer(TimePoint now, std::uint64_t size);
    // The way back has no queue.
    Duration way_back() const { return options_.one_way; }

    // For what is offered from now on.
    void set_rate(std::uint64_t rate) { options_.rate = rate; }
    std::uint64_t dropped() const { return dropped_; }
    Duration queueing(TimePoint now) const { return free_at_ > now ? free_at_ - now : Duration{}; }
    const LinkOptions& options() const { return options_; }

  private:
    LinkOptions options_;
    Chance chance_;
    TimePoint free_at_;
    std::uint64_t dropped_ = 0;
};

}  // namespace gantry::testing
