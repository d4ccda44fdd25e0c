#pragma once

#include <gantry/core/units.h>

#include <vector>

namespace gantry::cs {

// What round trips come to.
struct PingStatistics {
    Duration min{};
    Duration mean{};
    Duration p99{};  // the smallest that 99 of 100 do not pass
    Duration max{};
    // The mean difference between one round trip and the next, without its sign. RFC 3550 smooths
    // the same differences over 16; over a fixed count the mean tells more.
    Duration jitter{};
};

// `times` in the order they were measured, at least one.
PingStatistics ping_statistics(const std::vector<Duration>& times);

}  // namespace gantry::cs
