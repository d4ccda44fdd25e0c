#pragma once

#include <gantry/core/units.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace gantry::lftp {

// Bytes of a stream by their offset, from begin() on: written anywhere ahead, read anywhere,
// released from the front. Grows by doubling.
class ByteRing {
  public:
    explicit ByteRing(std::uint64_t begin = 0) noexcept : begin_(begin) {}

    std::uint64_t begin() const noexcept { return begin_; }
    std::size_t capacity() const noexcept { return ring_.size(); }
    // `offset` is not below begin(). How far ahead bytes may lie is the caller's to limit.
    void write(std::uint64_t offset, ByteView bytes);
    // What was written there; `offset` is not below begin().
    void read(std::uint64_t offset, ByteSpan into) const noexcept;
    // The bytes at `offset`, as far as they lie in one piece; `count` at most.
    ByteView piece(std::uint64_t offset, std::size_t count) const noexcept;
    // Bytes below `begin` are not needed any more.
    void release(std::uint64_t begin) noexcept { begin_ = std::max(begin_, begin); }
    // Nothing is kept, and the memory is given back.
    void drop(std::uint64_t begin) noexcept;

  private:
    std::size_t slot(std::uint64_t offset) const noexcept {
        return static_cast<std::size_t>(offset) & (ring_.size() - 1);
    }
    void grow(std::uint64_t end);
    void place(std::uint64_t offset, ByteView bytes) noexcept;

    std::vector<std::byte> ring_;  // as many as a power of two
    std::uint64_t begin_;
};

}  // namespace gantry::lftp
