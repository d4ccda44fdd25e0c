#pragma once

#include <gantry/job/blocking_pool.h>
#include <gantry/testing/virtual_loop.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace gantry::testing {

// A BlockingPool on virtual time: work runs on the thread that drives the clock, in a later turn
// and on no loop of the plugin, in the order it was submitted. So `done` never comes before
// submit() returns, and a call on a loop from within work shows.
class VirtualPool final : public BlockingPool {
  public:
    static constexpr std::size_t kQueue = 1024;

    // `clock` outlives the pool.
    explicit VirtualPool(VirtualClock& clock, std::size_t queue = kQueue);
    ~VirtualPool() override;

    Result<void> submit(Task work, EventLoop& loop, Task done) override;
    // Work that has not run yet.
    std::size_t pending() const noexcept;
    // Takes no more: submit() answers closed. What was accepted still runs.
    void close() noexcept;
    // What work threw, oldest first.
    const std::vector<Error>& errors() const noexcept;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::testing
