#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <cstdint>
#include <string_view>

namespace gantry {

// Reads big-endian fields from borrowed bytes, front to back, and never past their end. A read that
// does not fit consumes nothing and answers ErrorCode::range.
class ByteReader {
  public:
    explicit ByteReader(ByteView bytes) noexcept : rest_(bytes) {}

    Result<std::uint8_t> u8() noexcept { return number<std::uint8_t>(); }
    Result<std::uint16_t> u16() noexcept { return number<std::uint16_t>(); }
    Result<std::uint32_t> u32() noexcept { return number<std::uint32_t>(); }
    Result<std::uint64_t> u64() noexcept { return number<std::uint64_t>(); }
    // A view into the borrowed bytes.
    Result<ByteView> bytes(std::size_t count) noexcept;
    Result<std::string_view> text(std::size_t count) noexcept;

    ByteView rest() const noexcept { return rest_; }
    std::size_t remaining() const noexcept { return rest_.size(); }
    bool done() const noexcept { return rest_.empty(); }

  private:
    template <class N>
    Result<N> number() noexcept {
        if (rest_.size() < sizeof(N)) return short_read(sizeof(N));
        N value = 0;
        for (std::size_t i = 0; i < sizeof(N); ++i)
            value = static_cast<N>((std::uint64_t{value} << 8) | std::to_integer<N>(rest_[i]));
        rest_ = rest_.subspan(sizeof(N));
        return value;
    }
    Error short_read(std::size_t wanted) const;

    ByteView rest_;
};

}  // namespace gantry
