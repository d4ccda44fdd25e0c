#pragma once

#include <gantry/core/units.h>

#include <cmath>
#include <cstdint>
#include <limits>

// Amounts of bytes and rates whose products do not fit 64 bits. What would overflow stops at the
// bound instead, so that no sum of a peer's numbers wraps a window round to nothing.
namespace gantry::lftp {

__extension__ typedef unsigned __int128 Wide;

// No bound is set.
inline constexpr std::uint64_t kUnbounded = std::numeric_limits<std::uint64_t>::max();
// The largest window of any controller: 1 TiB, 80 seconds of 100 Gbit/s.
inline constexpr std::uint64_t kLargestWindow = std::uint64_t{1} << 40;

constexpr std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) noexcept {
    return a > kUnbounded - b ? kUnbounded : a + b;
}
constexpr std::uint64_t saturating_sub(std::uint64_t a, std::uint64_t b) noexcept {
    return a > b ? a - b : 0;
}

// a * b / c, rounded down. Nothing divides by 0: that is unbounded.
constexpr std::uint64_t mul_div(std::uint64_t a, std::uint64_t b, std::uint64_t c) noexcept {
    if (c == 0) return kUnbounded;
    const Wide result = static_cast<Wide>(a) * b / c;
    return result > kUnbounded ? kUnbounded : static_cast<std::uint64_t>(result);
}

// The whole part; what is negative or no number is 0, what is too large is unbounded.
inline std::uint64_t to_count(double value) noexcept {
    constexpr double kTop = 18446744073709549568.0;  // the largest double below 2^64
    if (!(value > 0)) return 0;
    return value >= kTop ? kUnbounded : static_cast<std::uint64_t>(value);
}
inline std::uint64_t scaled(std::uint64_t value, double factor) noexcept {
    return value == kUnbounded ? kUnbounded : to_count(static_cast<double>(value) * factor);
}

inline std::uint64_t nanoseconds_of(Duration d) noexcept {
    return d.count() > 0 ? static_cast<std::uint64_t>(d.count()) : 0;
}
// Bytes per second; unbounded over no time.
inline std::uint64_t rate_over(std::uint64_t bytes, Duration time) noexcept {
    return mul_div(bytes, 1'000'000'000, nanoseconds_of(time));
}
// The bytes that `rate` moves in `time`.
inline std::uint64_t bytes_in(std::uint64_t rate, Duration time) noexcept {
    return mul_div(rate, nanoseconds_of(time), 1'000'000'000);
}

}  // namespace gantry::lftp
