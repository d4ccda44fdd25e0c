#include <lftp/core/ack_policy.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

// Whether one is twice the other, or more.
template <class T>
bool far_apart(T a, T b) noexcept {
    return a >= 2 * b || b >= 2 * a;
}

}  // namespace

void AckPolicy::set_peer(const AckTerms& unasked, Duration min_delay) noexcept {
    wanted_ = told_ = unasked;
    min_delay_ = min_delay;
    max_delay_ = unasked.delay;
    known_ = true;
}

void AckPolicy::update(Duration round_trip, std::uint64_t window_packets) noexcept {
    if (!known_) return;
    wanted_.threshold = std::clamp(window_packets / kAcksPerWindow, kLeast, kMost);
    wanted_.delay = std::clamp(round_trip / kDelaysPerRoundTrip, min_delay_, max_delay_);
}

bool AckPolicy::differs() const noexcept {
    return far_apart(wanted_.threshold, told_.threshold) || far_apart(wanted_.delay, told_.delay);
}

AckFrequencyFrame AckPolicy::take() noexcept {
    again_ = false;
    told_ = wanted_;
    return {number_++, told_.threshold - 1, told_.delay, told_.reordering};
}

}  // namespace gantry::lftp
