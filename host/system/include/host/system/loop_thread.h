#pragma once

#include <host/system/asio_loop.h>

#include <string>
#include <thread>

namespace gantry::host {

// A thread that runs one AsioLoop. The destructor ends the loop, behind what was posted by then,
// and joins; it must not run on the thread itself.
class LoopThread {
  public:
    // `name` shows up in debuggers, cut to 15 bytes. Throws std::system_error when the system has
    // no thread or descriptor to give; start() answers an Error of code limit instead.
    explicit LoopThread(const std::string& name);
    static Result<std::unique_ptr<LoopThread>> start(const std::string& name);
    ~LoopThread();
    LoopThread(const LoopThread&) = delete;
    LoopThread& operator=(const LoopThread&) = delete;

    AsioLoop& loop() noexcept { return loop_; }
    // Runs the task on the loop and waits for its end; on the loop's own thread, runs it at once.
    // What the task throws is answered, not reported; closed when the loop has ended.
    Result<void> run_and_wait(Task task);
    // Ends the loop and joins, once. post() destroys its tasks from then on.
    void stop();

  private:
    AsioLoop loop_;
    std::thread thread_;
};

}  // namespace gantry::host
