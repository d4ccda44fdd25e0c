#include <lftp/core/congestion/bbr/queue_delay.h>
#include <lftp/core/congestion/hystart.h>

#include <algorithm>

namespace gantry::lftp {

void QueueDelay::add(TimePoint now, Duration sample) noexcept {
    if (sample <= Duration::zero()) return;
    if (count_ == 0) interval_began_ = now;
    recent_[count_++ % kSamples] = sample;
    least_ = *std::ranges::min_element(recent_);
    if (now - interval_began_ >= kMemory) {
        longest_ = {longest_[1], Duration::zero()};
        interval_began_ = now;
    }
    longest_[1] = std::max(longest_[1], least_);
}

Duration QueueDelay::waiting(Duration min_rtt) const noexcept {
    return std::max(least_ - min_rtt, Duration::zero());
}

bool QueueDelay::stands(Duration min_rtt) const noexcept {
    return waiting(min_rtt) > HyStart::threshold(min_rtt);
}

bool QueueDelay::long_now(Duration min_rtt) const noexcept {
    const Duration longest = std::max(longest_[0], longest_[1]) - min_rtt;
    return stands(min_rtt) && waiting(min_rtt) >= longest / 2;
}

}  // namespace gantry::lftp
