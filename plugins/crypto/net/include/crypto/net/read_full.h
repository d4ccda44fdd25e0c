#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

namespace gantry::crypto {

// Calls `read`, a Result<std::size_t>(ByteSpan) that answers 0 at the end, until `room` is full or
// the end is there; how many bytes came.
template <class Read>
Result<std::size_t> read_full(const Read& read, ByteSpan room) {
    std::size_t used = 0;
    while (used < room.size()) {
        const Result<std::size_t> count = read(room.subspan(used));
        if (!count) return count;
        if (*count == 0) break;
        used += *count;
    }
    return used;
}

}  // namespace gantry::crypto
