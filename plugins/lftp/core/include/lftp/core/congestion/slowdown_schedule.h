#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

namespace gantry::lftp {

// When LEDBAT++ stands back so that every flow sees the empty path: two round trips after the first
// slow start, and from then on so that a tenth of the time goes into it.
class SlowdownSchedule {
  public:
    static constexpr int kRoundsBefore = 2;  // from the end of the first slow start
    static constexpr int kRoundsHeld = 2;    // at the minimum
    static constexpr int kRest = 9;          // times as long as the slowdown took

    enum class Phase { kIdle, kWaiting, kHeld, kRecovering };
    enum class Step { kNone, kSlowDown, kSpeedUp };

    // The first slow start is over.
    void on_slow_start_end(TimePoint now, Duration round_trip) noexcept;
    // The window is again what it was before the slowdown.
    void on_recovered(TimePoint now) noexcept;
    // What is due at `now`.
    Step on_time(TimePoint now, Duration round_trip) noexcept;

    Phase phase() const noexcept { return phase_; }
    TimePoint due() const noexcept { return due_; }

  private:
    Phase phase_ = Phase::kIdle;
    TimePoint due_;    // of the next step of kWaiting and kHeld
    TimePoint began_;  // of the slowdown that runs
};

}  // namespace gantry::lftp
