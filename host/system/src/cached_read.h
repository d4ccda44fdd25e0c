#pragma once

#include <gantry/core/units.h>

#include <cstdint>

namespace gantry::host {

// Reads what of a file lies in memory, without waiting for a disk, and says how much that was. 0:
// nothing does, or it cannot be told; the end of the file; or a failure, which another call finds.
std::size_t read_cached(int file, std::uint64_t offset, ByteSpan into) noexcept;

}  // namespace gantry::host
