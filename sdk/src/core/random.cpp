#include <gantry/core/random.h>

#include <cassert>
#include <limits>

namespace gantry {

std::uint64_t Random::next() noexcept {
    std::uint64_t value = 0;
    fill(std::as_writable_bytes(std::span(&value, 1)));
    return value;
}

std::uint64_t Random::below(std::uint64_t bound) noexcept {
    assert(bound > 0);
    // Values at the top, where the last whole multiple of `bound` ends, would favour small results.
    constexpr auto kLargest = std::numeric_limits<std::uint64_t>::max();
    const auto excess = (kLargest % bound + 1) % bound;
    for (;;)
        if (const auto value = next(); value <= kLargest - excess) return value % bound;
}

double Random::unit() noexcept {
    constexpr double kStep = 1.0 / static_cast<double>(1ULL << 53);
    return static_cast<double>(next() >> 11) * kStep;
}

}  // namespace gantry
