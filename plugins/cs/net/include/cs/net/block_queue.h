#pragma once

#include <cs/wire/frame_header.h>

#include <cstdint>
#include <deque>
#include <vector>

namespace gantry::cs {

// What lies ready of an answer's data, in the blocks in which it was made. Blocks that were sent
// are handed out to be filled again. Counts bytes of the data from its start.
class BlockQueue {
  public:
    void push(Bytes block);
    // Drops the blocks of which all was sent, where `sent` bytes were.
    void sent_until(std::uint64_t sent);
    // What lies ready from `offset` on, up to the end of its block; none when it is not there.
    ByteView at(std::uint64_t offset) const noexcept;
    // A block that was sent, with its bytes, or an empty one.
    Bytes take_spare();
    std::uint64_t end() const noexcept { return end_; }  // of what was pushed

  private:
    std::deque<Bytes> blocks_;
    std::vector<Bytes> spares_;
    std::uint64_t begin_ = 0;  // of the first block
    std::uint64_t end_ = 0;
};

}  // namespace gantry::cs
