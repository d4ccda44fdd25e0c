#pragma once

#include <cstddef>

// The sizes of docs/protocols/cs.md section 3 that a frame's bytes alone can break.
namespace gantry::cs::limits {

inline constexpr std::size_t kMaxDataBody = 2 * 1024 * 1024;  // of a data frame of a file
inline constexpr std::size_t kMaxBody = 64 * 1024;            // of every other frame
inline constexpr std::size_t kMaxPath = 4095;
inline constexpr std::size_t kMaxErrorText = 1024;

}  // namespace gantry::cs::limits
