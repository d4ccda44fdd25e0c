#pragma once

#include <gantry/core/random.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace gantry::testing {

// The same numbers for the same seed, on every machine: xoshiro256** 1.0 (Blackman and Vigna), its
// state filled by SplitMix64 as its authors advise. For one thread. Not for secrets.
class SeededRandom final : public Random {
  public:
    using State = std::array<std::uint64_t, 4>;

    explicit SeededRandom(std::uint64_t seed) noexcept;
    explicit SeededRandom(const State& state) noexcept : state_(state) {}

    // Each eight bytes are one number of the generator, least significant byte first.
    void fill(ByteSpan out) noexcept override;
    // A generator of its own for one part of a test, from this one's seed and a name. It does not
    // move this one, so a part that draws more numbers does not disturb the others.
    SeededRandom fork(std::string_view name) const noexcept;
    // True with probability `p`: never at 0, always at 1.
    bool chance(double p) noexcept { return p > 0 && unit() < p; }

  private:
    std::uint64_t step() noexcept;
    State state_;
};

}  // namespace gantry::testing
