#pragma once

#include <gantry/job/blocking_pool.h>

#include <functional>

namespace gantry::crypto {

// Calls `work` on this thread and on up to `helpers` threads of the pool, at once, and returns when
// all calls that began have ended. Threads of the pool that are busy with something else until then
// are not waited for. `loop` is any loop of the plugin.
void run_together(BlockingPool& pool, EventLoop& loop, std::size_t helpers,
                  const std::function<void()>& work);
// How many helpers use this machine's cores, within what a pool has.
std::size_t useful_helpers() noexcept;

}  // namespace gantry::crypto
