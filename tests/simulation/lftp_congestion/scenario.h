#pragma once

#include <bottleneck/network.h>
#include <lftp/core/congestion/controller_factory.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string_view>

namespace gantry::testing {

// The link that most of the tests stand on: 100 Mbit/s, 100 ms there and back, packets of 1500.
inline constexpr std::uint64_t kLinkRate = 12'500'000;
inline constexpr std::uint64_t kBdp = 1'250'000;

inline LinkOptions link_with(double queue_in_bdp, double loss = 0, std::uint64_t seed = 1) {
    return {.queue = static_cast<std::uint64_t>(queue_in_bdp * static_cast<double>(kBdp)),
            .loss = loss,
            .seed = seed};
}

inline std::unique_ptr<lftp::CongestionController> controller(std::string_view name,
                                                              std::uint64_t seed = 1) {
    auto made = lftp::make_controller(
        name, {.datagram = 1500, .seed = seed, .rate = BytesPerSecond(kLinkRate)});
    CPPUNIT_ASSERT(made.ok());
    return std::move(*made);
}

// Virtual seconds: what a run takes in a plain build, and the fewer that a sanitizer has time for.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif
constexpr Duration span(int seconds, int sanitized) {
    return std::chrono::seconds(kSanitized ? sanitized : seconds);
}

// The part of the link that all flows together use from `from` to `to`.
inline double use_of_link(Network& network, Duration from, Duration to) {
    network.run_until(from);
    network.mark();
    network.run_until(to);
    double sum = 0;
    for (const double rate : network.rates()) sum += rate;
    return sum / static_cast<double>(kLinkRate);
}

inline double fairness(Network& network, Duration from, Duration to) {
    use_of_link(network, from, to);
    return jain_index(network.rates());
}

// Tells the figure when it is too low.
inline void at_least(double least, double value, const std::string& what) {
    CPPUNIT_ASSERT_MESSAGE(
        what + ": " + std::to_string(value) + " is below " + std::to_string(least), value >= least);
}

}  // namespace gantry::testing
