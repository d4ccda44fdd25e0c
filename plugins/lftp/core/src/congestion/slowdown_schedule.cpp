#include <lftp/core/congestion/slowdown_schedule.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

// Longer than any path needs, and short enough that no sum of times overflows.
constexpr Duration kLongest = std::chrono::minutes(10);

}  // namespace

void SlowdownSchedule::on_slow_start_end(TimePoint now, Duration round_trip) noexcept {
    if (phase_ != Phase::kIdle) return;
    phase_ = Phase::kWaiting;
    due_ = now + kRoundsBefore * std::min(round_trip, kLongest);
}

void SlowdownSchedule::on_recovered(TimePoint now) noexcept {
    if (phase_ != Phase::kRecovering) return;
    phase_ = Phase::kWaiting;
    due_ = now + kRest * std::min<Duration>(now - began_, kLongest);
}

SlowdownSchedule::Step SlowdownSchedule::on_time(TimePoint now, Duration round_trip) noexcept {
    if (phase_ == Phase::kWaiting && now >= due_) {
        phase_ = Phase::kHeld;
        began_ = now;
        due_ = now + kRoundsHeld * std::min(round_trip, kLongest);
        return Step::kSlowDown;
    }
    if (phase_ == Phase::kHeld && now >= due_) {
        phase_ = Phase::kRecovering;
        return Step::kSpeedUp;
    }
    return Step::kNone;
}

}  // namespace gantry::lftp
