#pragma once

#include <gantry/core/callback.h>
#include <gantry/net/event_loop.h>

namespace gantry {

// A few threads, made by the host for one plugin, for calls that block: files, digests. The queue
// is bounded. Thread-safe.
class BlockingPool {
  public:
    virtual ~BlockingPool() = default;
    // Runs `work` on a pool thread, then `done` on `loop`. ErrorCode::busy when the queue is full,
    // closed when the plugin is stopping; then neither runs. Work that was accepted always runs;
    // `done` does unless the loop has ended.
    virtual Result<void> submit(Task work, EventLoop& loop, Task done) = 0;
};

}  // namespace gantry
