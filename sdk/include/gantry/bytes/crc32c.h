#pragma once

#include <gantry/core/units.h>

#include <cstdint>
#include <vector>

namespace gantry {

// CRC-32C (Castagnoli), as in RFC 3720 appendix B.4: reflected, polynomial 0x1EDC6F41, initial
// value and final exclusive-or all ones. Uses the processor's instruction where there is one.
class Crc32c {
  public:
    Crc32c() = default;
    // Goes on after bytes that came to `value`.
    explicit Crc32c(std::uint32_t value) : state_(~value) {}
    void update(ByteView bytes) noexcept;
    std::uint32_t value() const noexcept { return ~state_; }
    std::vector<std::byte> bytes() const;  // the value, big-endian

  private:
    std::uint32_t state_ = 0xFFFFFFFF;
};

// The parts of it, apart for tests: each answers the new state.
namespace crc32c_detail {
std::uint32_t update_portable(std::uint32_t state, ByteView bytes) noexcept;
// Only where hardware() says so.
std::uint32_t update_hardware(std::uint32_t state, ByteView bytes) noexcept;
bool hardware() noexcept;
}  // namespace crc32c_detail

}  // namespace gantry
