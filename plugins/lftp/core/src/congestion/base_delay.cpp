#include <lftp/core/congestion/base_delay.h>

#include <algorithm>

namespace gantry::lftp {

BaseDelay::BaseDelay() noexcept {
    minutes_.fill(kNone);
    recent_.fill(kNone);
}

void BaseDelay::add(TimePoint now, Duration sample) noexcept {
    if (samples_ == 0) minute_began_ = now;
    if (now - minute_began_ >= kInterval) {
        minute_ = (minute_ + 1) % kHistory;
        minutes_[minute_] = kNone;
        minute_began_ = now;
    }
    minutes_[minute_] = std::min(minutes_[minute_], sample);
    recent_[samples_++ % kFilter] = sample;
}

Duration BaseDelay::base() const noexcept { return *std::ranges::min_element(minutes_); }

Duration BaseDelay::current() const noexcept { return *std::ranges::min_element(recent_); }

}  // namespace gantry::lftp
