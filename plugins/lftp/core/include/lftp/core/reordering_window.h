#pragma once

#include <gantry/core/units.h>

namespace gantry::lftp {

// How much later than the round trip an acknowledgement may come before its packet is taken for
// lost: RACK's reordering window (RFC 8985 section 6.2), which grows where that was wrong.
class ReorderingWindow {
  public:
    static constexpr unsigned kPersist = 16;  // recoveries that a wider window lasts

    // An acknowledgement came out of order.
    void on_reordering() noexcept { seen_ = true; }
    // A packet that was taken for lost has arrived. Once for each round trip.
    void on_spurious_loss() noexcept;
    // A recovery has begun: some packet was lost.
    void on_recovery() noexcept;

    bool seen() const noexcept { return seen_; }
    Duration window(Duration rtt_minimum, Duration rtt_smoothed) const noexcept;

  private:
    bool seen_ = false;
    unsigned quarters_ = 1;
    unsigned persist_ = 0;
};

}  // namespace gantry::lftp
