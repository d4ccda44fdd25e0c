#pragma once

#include <gantry/core/random.h>

namespace gantry::host {

// The kernel's generator (getrandom), fit for keys. Thread-safe. It ends the process when the
// kernel has no randomness to give, as no caller could go on safely.
class KernelRandom final : public Random {
  public:
    void fill(ByteSpan out) noexcept override;
};

}  // namespace gantry::host
