#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace gantry::testing {

// Runs a simulation over the seeds 1, 2, 3 ...; how many is GANTRY_SEEDS, or `usual` when that is
// not set. With GANTRY_SEED=N it runs that one alone. A failure names its seed and how to run it
// again, and ends the test.
void for_each_seed(std::size_t usual, const std::function<void(std::uint64_t seed)>& simulate);

}  // namespace gantry::testing
