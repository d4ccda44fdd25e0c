#pragma once

#include <lftp/core/congestion/arithmetic.h>

#include <algorithm>
#include <chrono>

namespace gantry::lftp {

inline constexpr std::uint64_t kLargestDatagram = 65'535;

// What a controller is made with.
struct CongestionSettings {
    std::uint64_t datagram = 1200;   // bytes of the largest; 1 to kLargestDatagram
    std::uint64_t seed = 0;          // of the choices that BBR makes at random
    BytesPerSecond rate{0};          // of `fixed`
    std::uint64_t first_window = 0;  // of one who knows the path; 0: see initial_window()
};

// RFC 9002 section 7.2.
constexpr std::uint64_t initial_window(std::uint64_t datagram) noexcept {
    return std::min(10 * datagram, std::max<std::uint64_t>(14'720, 2 * datagram));
}
// The window that a connection begins with, paced over its first round trip.
constexpr std::uint64_t first_window(const CongestionSettings& settings) noexcept {
    return settings.first_window != 0
               ? std::clamp(settings.first_window, 2 * settings.datagram, kLargestWindow)
               : initial_window(settings.datagram);
}
constexpr std::uint64_t minimum_window(std::uint64_t datagram) noexcept { return 2 * datagram; }

inline constexpr std::uint64_t kLargestTrain = 64 * 1024;
inline constexpr Duration kLongestTrain = std::chrono::milliseconds(1);

// What leaves at once at this rate (draft-ietf-ccwg-bbr section 5.6.3): what it moves in `longest`.
inline ByteCount train_at(BytesPerSecond rate, std::uint64_t datagram,
                          Duration longest = kLongestTrain) noexcept {
    const auto train = std::min(bytes_in(rate.value(), longest), kLargestTrain);
    return ByteCount(std::max(train, 2 * datagram));
}

// The pace of a window that is not measured by rate: it leaves in a part of the round trip, so that
// a gap in the ACKs does not leave it unused (RFC 9002 section 7.7). Slow start doubles in it.
inline constexpr double kSlowStartPace = 2.0;
inline constexpr double kSteadyPace = 1.25;
// Such a window fills the queue until it overflows, where a long train loses more than its share.
inline constexpr Duration kWindowTrain = std::chrono::microseconds(250);
inline BytesPerSecond pace_of(std::uint64_t window, Duration smoothed, double gain) noexcept {
    const Duration time = std::max<Duration>(smoothed, std::chrono::microseconds(1));
    return BytesPerSecond(std::max<std::uint64_t>(scaled(rate_over(window, time), gain), 1));
}

// Before the first sample of the round-trip time nothing is known to pace by: the initial window
// leaves within this.
inline constexpr Duration kUnmeasuredRoundTrip = std::chrono::milliseconds(1);

}  // namespace gantry::lftp
