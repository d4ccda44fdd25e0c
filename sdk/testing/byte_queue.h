#pragma once

#include <gantry/core/units.h>

#include <cstddef>
#include <deque>
#include <vector>

namespace gantry::testing::detail {

// Bytes in, the same bytes out, in pieces of any size.
class ByteQueue {
  public:
    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    void push(ByteView bytes);
    void push(std::vector<std::byte> bytes);
    // Takes up to into.size() bytes and says how many.
    std::size_t pop(ByteSpan into);
    std::vector<std::byte> pop(std::size_t count);
    void clear();

  private:
    std::deque<std::vector<std::byte>> chunks_;
    std::size_t head_ = 0;  // bytes of the first chunk that are gone
    std::size_t size_ = 0;
};

}  // namespace gantry::testing::detail
