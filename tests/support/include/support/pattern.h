#pragma once

#include <cstddef>
#include <string>

namespace gantry::testing {

// Bytes in which no two places of a file look alike for long.
inline std::string pattern(std::size_t size) {
    std::string out(size, 0);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 7 + i / 65521);
    return out;
}

}  // namespace gantry::testing
