#pragma once

#include <gantry/core/units.h>

#include <algorithm>

namespace gantry::host {

// A limit that the wait functions of the standard library can add to their clock: "for ever" is a
// day at most, which they would overflow on.
inline Duration wait_limit(Duration limit) {
    return std::clamp<Duration>(limit, Duration::zero(), std::chrono::hours(24));
}

}  // namespace gantry::host
