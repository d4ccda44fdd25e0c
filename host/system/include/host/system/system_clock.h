#pragma once

#include <gantry/core/clock.h>

namespace gantry::host {

// The machine's time: CLOCK_MONOTONIC and CLOCK_REALTIME. Thread-safe.
class SystemClock final : public Clock {
  public:
    TimePoint now() const noexcept override;
    WallTime wall() const noexcept override;
};

}  // namespace gantry::host
