#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <chrono>

namespace gantry::lftp {

// The round-trip time of the empty path, and when it is time to look at it again
// (draft-ietf-ccwg-bbr section 5.3.4.3).
class MinRtt {
  public:
    static constexpr Duration kFilter = std::chrono::seconds(10);
    static constexpr Duration kProbeInterval = std::chrono::seconds(5);

    // `sample` 0: none.
    void on_ack(TimePoint now, Duration sample) noexcept;
    // The queue was just emptied for it.
    void probed(TimePoint now) noexcept { probe_at_ = now; }

    bool known() const noexcept { return value_ != kNone; }
    Duration value() const noexcept { return value_; }
    // Nothing as low was seen for kProbeInterval, as of the last ACK.
    bool expired() const noexcept { return expired_; }

  private:
    static constexpr int kTolerance = 64;  // a sample within one part of so many is as low

    void take(TimePoint now, Duration sample) noexcept;

    static constexpr Duration kNone = Duration::max();

    Duration value_ = kNone;
    TimePoint value_at_;
    Duration probe_ = kNone;
    TimePoint probe_at_;
    bool expired_ = false;
};

}  // namespace gantry::lftp
