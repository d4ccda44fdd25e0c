#pragma once

#include <gantry/core/clock.h>
#include <gantry/testing/link_options.h>
#include <gantry/testing/seeded_random.h>

#include <cstdint>
#include <optional>

namespace gantry::testing {

enum class PacketFate : std::uint8_t { arrives, lost, queue_full };

// What becomes of one packet.
struct Passage {
    PacketFate fate = PacketFate::arrives;
    TimePoint arrival{};
    std::optional<TimePoint> duplicate;  // when a second copy arrives
    bool held_back = false;              // later packets pass it
    bool corrupted = false;
    bool marked = false;  // the queue was above its ECN threshold
};

// One direction of a link as a pure decision: a queue that drains at a rate, then a line with a
// delay and its faults. Times that are handed in do not go back.
class LinkModel {
  public:
    LinkModel(const LinkOptions& options, SeededRandom random)
        : options_(options), random_(random) {}

    const LinkOptions& options() const noexcept { return options_; }
    void set_options(const LinkOptions& options) { options_ = options; }

    // A packet of `bytes` (headers included) enters at `now`.
    Passage pass(TimePoint now, std::size_t bytes);
    // Bytes that wait for the rate.
    std::uint64_t backlog(TimePoint now) const;
    // When a packet of `bytes` finds room in the queue: `now`, or later.
    TimePoint room_at(TimePoint now, std::size_t bytes) const;

  private:
    bool is_lost();
    Duration time_for(std::uint64_t bytes) const;

    LinkOptions options_;
    SeededRandom random_;
    bool in_burst_ = false;
    TimePoint busy_until_{};
    TimePoint last_arrival_{};
};

}  // namespace gantry::testing
