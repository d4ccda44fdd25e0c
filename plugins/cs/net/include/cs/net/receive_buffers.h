#pragma once

#include <gantry/core/callback.h>
#include <gantry/net/event_loop.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace gantry::cs {

// A block of bytes that came from the network. Whoever holds one keeps it from being used again.
using ReceiveBuffer = std::shared_ptr<std::vector<std::byte>>;

// A fixed number of blocks, made when first needed: what bounds the memory between the network and
// the disk. take() belongs to the loop; a block may be dropped on any thread.
class ReceiveBuffers {
  public:
    // `available` is called on `loop` when a block comes back after take() had none.
    ReceiveBuffers(EventLoop& loop, std::size_t count, std::size_t size, Task available);
    ~ReceiveBuffers();
    // Null when all are out.
    ReceiveBuffer take();

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::cs
