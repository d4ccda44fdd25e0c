#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <cstdint>
#include <string_view>

namespace gantry {

// Writes big-endian fields into a caller's buffer and never past its end. The first write that does
// not fit sets `overflow()`, and from then on nothing is written: check once, at the end.
class ByteWriter {
  public:
    explicit ByteWriter(ByteSpan buffer) noexcept : buffer_(buffer) {}

    ByteWriter& u8(std::uint8_t v) noexcept { return number(v); }
    ByteWriter& u16(std::uint16_t v) noexcept { return number(v); }
    ByteWriter& u32(std::uint32_t v) noexcept { return number(v); }
    ByteWriter& u64(std::uint64_t v) noexcept { return number(v); }
    ByteWriter& bytes(ByteView v) noexcept;
    ByteWriter& text(std::string_view v) noexcept { return bytes(as_bytes(v)); }

    bool overflow() const noexcept { return overflow_; }
    std::size_t size() const noexcept { return used_; }
    ByteView written() const noexcept { return buffer_.first(used_); }
    std::size_t room() const noexcept { return buffer_.size() - used_; }

  private:
    template <class N>
    ByteWriter& number(N v) noexcept {
        std::byte raw[sizeof(N)];
        for (std::size_t i = 0; i < sizeof(N); ++i)
            raw[i] = static_cast<std::byte>(std::uint64_t{v} >> (8 * (sizeof(N) - 1 - i)));
        return bytes(raw);
    }

    ByteSpan buffer_;
    std::size_t used_ = 0;
    bool overflow_ = false;
};

}  // namespace gantry
