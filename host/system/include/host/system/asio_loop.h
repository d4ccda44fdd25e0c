#pragma once

#include <gantry/net/event_loop.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace gantry::host {

// What is alive on a loop: for the ledger of the plugin that owns it. Readable from any thread.
struct LoopCounts {
    std::size_t timers = 0;
    std::size_t watches = 0;
};

// The real EventLoop, on one Boost.Asio io_context.
//
// Descriptors are in one level-triggered epoll set of the loop's own, which is itself watched by
// the io_context: Asio's own waits are edge-triggered, so each of them would cost an epoll_ctl per
// event, and urgent TCP data from a peer could make its wait for errors spin.
//
// Life: made, then run() or run_once() on one thread, then ended by stop(). All timers and watches
// must be gone before the loop is destroyed.
class AsioLoop final : public EventLoop {
  public:
    // Throws std::system_error when the process is out of descriptors; LoopThread::start does not.
    AsioLoop();
    ~AsioLoop() override;  // destroys the tasks that never ran

    // Runs until stop(). Every task that was posted before stop() has run when it returns.
    void run();
    // Runs what is ready, or waits up to `limit` for something to be; whether anything ran.
    bool run_once(Duration limit);
    // Ends the loop: no later post is taken. From any thread, more than once.
    void stop();

    // Told of every callback that threw. Set it before the loop runs.
    void set_fault_handler(std::function<void(const Error&)> handler);
    LoopCounts counts() const noexcept;

    TimePoint now() const noexcept override;
    bool on_loop_thread() const noexcept override;
    void post(Task task) override;
    std::unique_ptr<Timer> make_timer(Task task) override;
    Result<std::unique_ptr<Watch>> watch(int fd, Interest interest,
                                         Callback<Readiness> ready) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gantry::host
