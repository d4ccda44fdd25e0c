#include <bottleneck/bottleneck.h>

#include <algorithm>

namespace gantry::testing {

double Chance::unit() {
    constexpr double kWhole = 1.0 / 9007199254740992.0;  // 2^-53
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * kWhole;
}

std::optional<TimePoint> Bottleneck::offer(TimePoint now, std::uint64_t size) {
    const auto waiting = static_cast<std::uint64_t>(queueing(now).count()) * options_.rate;
    if (waiting / 1'000'000'000 + size > options_.queue + size) {
        ++dropped_;
        return std::nullopt;
    }
    const auto time = Duration(static_cast<std::int64_t>(size * 1'000'000'000 / options_.rate));
    free_at_ = std::max(free_at_, now) + time;
    if (options_.loss > 0 && chance_.unit() < options_.loss) return std::nullopt;
    return free_at_ + options_.one_way;
}

}  // namespace gantry::testing
