#pragma once

#include <cs/wire/frame_header.h>

#include <deque>

namespace gantry::cs {

// Frames that wait to be sent. Its user bounds it.
class OutputQueue {
  public:
    void push(Bytes frame);
    // Moves bytes from the front into `buffer` and says how many.
    std::size_t pull(ByteSpan buffer);
    std::size_t bytes() const noexcept { return bytes_; }
    bool empty() const noexcept { return bytes_ == 0; }
    void clear();

  private:
    std::deque<Bytes> frames_;
    std::size_t front_used_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace gantry::cs
