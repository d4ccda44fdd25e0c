#pragma once

#include <gantry/core/clock.h>

namespace gantry::lftp {

// From a reaction to congestion until a packet is acknowledged that left after it: what was sent
// before tells nothing new (RFC 9002 section 7.3.2).
class RecoveryPeriod {
  public:
    bool covers(TimePoint sent_at) const noexcept { return begun_ && sent_at <= since_; }
    void begin(TimePoint now) noexcept {
        begun_ = true;
        since_ = now;
    }
    void forget() noexcept { begun_ = false; }

  private:
    TimePoint since_;
    bool begun_ = false;
};

}  // namespace gantry::lftp
