#include <gantry/net/pacer.h>

#include <algorithm>

namespace gantry {

std::size_t Pacer::allowed(TimePoint now) const noexcept {
    if (now < next_) return 0;
    constexpr auto kParts = std::chrono::seconds(1) / kSlack;
    return static_cast<std::size_t>(std::max<std::uint64_t>(1, rate_ / kParts));
}

void Pacer::passed(std::size_t bytes, TimePoint now) noexcept {
    const auto seconds = static_cast<double>(bytes) / static_cast<double>(rate_);
    next_ = std::max(next_, now - kSlack) +
            std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace gantry
