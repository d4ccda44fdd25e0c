#pragma once

#include <gantry/bytes/writer.h>

#include <cstddef>
#include <cstdint>

namespace gantry::lftp {

// Variable-length integers (RFC 9000 section 16).
inline constexpr std::uint64_t kMaxVarint = (std::uint64_t{1} << 62) - 1;

// How many bytes the shortest form takes; `value` is at most kMaxVarint.
constexpr std::size_t varint_size(std::uint64_t value) noexcept {
    if (value < (1U << 6U)) return 1;
    if (value < (1U << 14U)) return 2;
    return value < (1U << 30U) ? 4 : 8;
}

// The shortest form. A value above kMaxVarint is a fault of the caller and asserts.
void write_varint(ByteWriter& writer, std::uint64_t value) noexcept;
// The form of `size` bytes, 1, 2, 4 or 8, which has room for the value: for a length that is only
// known later.
void write_varint(ByteWriter& writer, std::uint64_t value, std::size_t size) noexcept;

}  // namespace gantry::lftp
