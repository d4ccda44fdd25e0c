#pragma once

#include <gantry/testing/link_model.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace gantry::bench {

// What one direction of the link did.
struct Tally {
    std::uint64_t arrived = 0;  // packets
    std::uint64_t bytes = 0;    // of those
    std::uint64_t lost = 0;
    std::uint64_t queue_full = 0;
    std::uint64_t refused = 0;  // by the interface of the other side
    // How late packets were handed over: those of less than 1, 2, 4, 8 ... microseconds.
    std::array<std::uint64_t, 32> late{};

    void add_lateness(Duration late_by);
    // Milliseconds under which 99 of 100 packets stayed, rounded up to a power of two microseconds.
    double late_p99_ms() const;
};

// Carries packets from one descriptor to another as a LinkModel decides. For one thread.
class Direction {
  public:
    Direction(int from, int to, testing::LinkModel model) : from_(from), to_(to), model_(model) {}

    // Until `stop` is readable.
    void run(int stop);
    const Tally& tally() const noexcept { return tally_; }

  private:
    struct Packet {
        TimePoint due;
        std::vector<std::byte> bytes;
    };
    // Answers whether more may be waiting.
    bool take_in();
    void hand_over();

    int from_;
    int to_;
    testing::LinkModel model_;
    std::deque<Packet> line_;  // in the order in which they are due
    Tally tally_;
};

}  // namespace gantry::bench
