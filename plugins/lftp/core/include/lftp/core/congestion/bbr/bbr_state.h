#pragma once

#include <gantry/core/units.h>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace gantry::lftp {

// draft-ietf-ccwg-bbr section 5.1.
enum class BbrState : std::uint8_t { kStartup, kDrain, kDown, kCruise, kRefill, kUp, kProbeRtt };

struct BbrGains {
    double pacing;
    double window;
    std::string_view name;
};

// Section 5.6.1.
constexpr BbrGains gains_of(BbrState state) noexcept {
    switch (state) {
        case BbrState::kStartup:
            return {2.77, 2.0, "startup"};
        case BbrState::kDrain:
            return {0.5, 2.0, "drain"};
        case BbrState::kDown:
            return {0.90, 2.0, "probe_bw_down"};
        case BbrState::kCruise:
            return {1.0, 2.0, "probe_bw_cruise"};
        case BbrState::kRefill:
            return {1.0, 2.0, "probe_bw_refill"};
        case BbrState::kUp:
            return {1.25, 2.25, "probe_bw_up"};
        case BbrState::kProbeRtt:
            return {1.0, 0.5, "probe_rtt"};
    }
    return {1.0, 2.0, ""};
}

// Of Startup while no queue stands (docs/adr/009-a-faster-start.md).
inline constexpr BbrGains kRapidStartup{4.2, 2.5, "rapid_startup"};

constexpr bool in_probe_bw(BbrState state) noexcept {
    return state == BbrState::kDown || state == BbrState::kCruise || state == BbrState::kRefill ||
           state == BbrState::kUp;
}
// Sends more than the path is known to take.
constexpr bool accelerates(BbrState state) noexcept {
    return state == BbrState::kStartup || state == BbrState::kRefill || state == BbrState::kUp;
}

namespace bbr {
// Section 2.5.
inline constexpr double kLossThreshold = 0.02;
inline constexpr double kBeta = 0.7;
inline constexpr double kHeadroom = 0.15;
inline constexpr double kPacingMargin = 0.99;
inline constexpr std::uint64_t kMinPipePackets = 4;
}  // namespace bbr

}  // namespace gantry::lftp
