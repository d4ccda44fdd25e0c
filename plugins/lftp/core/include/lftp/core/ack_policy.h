#pragma once

#include <gantry/core/units.h>
#include <lftp/core/acknowledger.h>
#include <lftp/wire/ack_frequency_frame.h>

namespace gantry::lftp {

// How often we want the peer to acknowledge, and when to tell it (docs/protocols/rudp.md section 6,
// "How often"). A fast path needs fewer acks for each packet, and a short one needs them sooner.
class AckPolicy {
  public:
    static constexpr std::uint64_t kLeast = 10;  // packets for an ack
    static constexpr std::uint64_t kMost = 64;
    static constexpr std::uint64_t kAcksPerWindow = 16;
    static constexpr int kDelaysPerRoundTrip = 8;

    // What the peer does without being asked, and the shortest delay that it takes.
    void set_peer(const AckTerms& unasked, Duration min_delay) noexcept;
    // What the path is like now.
    void update(Duration round_trip, std::uint64_t window_packets) noexcept;
    // Whether that is far enough from what the peer was told.
    bool due() const noexcept { return known_ && (again_ || differs()); }
    // It goes out now.
    AckFrequencyFrame take() noexcept;
    void tell_again() noexcept { again_ = true; }  // it was lost
    const AckTerms& wanted() const noexcept { return wanted_; }

  private:
    bool differs() const noexcept;

    AckTerms wanted_;
    AckTerms told_;
    Duration min_delay_{0};
    Duration max_delay_{0};
    std::uint64_t number_ = 0;
    bool known_ = false;
    bool again_ = false;
};

}  // namespace gantry::lftp
