#include <host/runtime/rate_estimator.h>

#include <algorithm>

namespace gantry::host {

void RateEstimator::remember(TimePoint at, std::uint64_t done) {
    samples_[next_] = {at, done};
    next_ = (next_ + 1) % kSamples;
    count_ = std::min(count_ + 1, kSamples);
}

void RateEstimator::sample(TimePoint now, std::uint64_t done) {
    const Sample& last = samples_[(next_ + kSamples - 1) % kSamples];
    if (now - last.at >= kSpacing) remember(now, done);
}

BytesPerSecond RateEstimator::rate(TimePoint now, std::uint64_t done) const {
    // From the newest back to the oldest that lies in the window.
    const Sample* oldest = nullptr;
    for (std::size_t i = 1; i <= count_; ++i) {
        const Sample& s = samples_[(next_ + kSamples - i) % kSamples];
        if (now - s.at > kWindow) {
            // What came since before the window counts from the window's start.
            if (!oldest && done > s.done) oldest = &s;
            break;
        }
        oldest = &s;
    }
    if (!oldest || done <= oldest->done || now <= oldest->at) return BytesPerSecond(0);
    const double per_second =
        static_cast<double>(done - oldest->done) / to_seconds(now - oldest->at);
    return BytesPerSecond(static_cast<std::uint64_t>(per_second));
}

std::optional<Duration> time_left(ByteCount left, BytesPerSecond rate) {
    if (rate.value() == 0) return std::nullopt;
    constexpr double kYear = 365.0 * 24 * 3600;
    const double wait = static_cast<double>(left.value()) / static_cast<double>(rate.value());
    if (wait > kYear) return std::nullopt;
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(wait));
}

}  // namespace gantry::host
