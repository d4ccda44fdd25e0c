#include <lftp/core/congestion/bbr/probe_clock.h>

#include <algorithm>

namespace gantry::lftp {

// SplitMix64: a few bits of chance from a seed, the same everywhere.
std::uint64_t ProbeClock::next_random() noexcept {
    std::uint64_t z = (random_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

void ProbeClock::begin(TimePoint now) noexcept {
    constexpr auto kSpread = static_cast<std::uint64_t>((kMostWait - kLeastWait).count());
    began_ = now;
    rounds_ = next_random() & 1;
    wait_ = kLeastWait + Duration(next_random() % kSpread);
}

bool ProbeClock::due(TimePoint now, std::uint64_t inflight, unsigned signs) const noexcept {
    const std::uint64_t rounds = std::min(inflight, kMostRounds);
    return now - began_ > wait_ + wait_ * 5 / 4 * signs ||
           rounds_ >= rounds + rounds * 5 / 4 * signs;
}

}  // namespace gantry::lftp
