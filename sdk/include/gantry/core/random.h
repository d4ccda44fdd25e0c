#pragma once

#include <gantry/core/units.h>

#include <cstdint>

namespace gantry {

// The only source of randomness. The host's is the kernel's generator and thread-safe; the test
// one is seeded, repeats itself and belongs to one thread.
class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(ByteSpan out) noexcept = 0;

    std::uint64_t next() noexcept;
    // Uniform in [0, bound), without modulo bias. `bound` is at least 1.
    std::uint64_t below(std::uint64_t bound) noexcept;
    // Uniform in [0, 1).
    double unit() noexcept;
};

}  // namespace gantry
