#pragma once

#include <host/shell/fd_io.h>
#include <host/shell/waiter.h>

#include <functional>
#include <optional>

namespace gantry::host {

// The signals that mean something to the shell, as a descriptor: SIGINT, SIGTERM, SIGHUP, SIGWINCH,
// SIGCONT. Make it before any thread: they stay blocked in all of them. SIGPIPE is ignored.
class SignalSource {
  public:
    SignalSource();
    int fd() const noexcept { return fd_.get(); }
    // The next signal that came, if any. SIGTERM and SIGHUP also make stop_asked() true, for good.
    std::optional<int> next();
    bool stop_asked() const noexcept { return stop_asked_; }

  private:
    OwnedFd fd_;
    bool stop_asked_ = false;
};

// The thread that runs the shell: it hears signals, and draws progress while it waits.
class ForegroundWaiter final : public Waiter {
  public:
    // What it does for the screen, on its own thread.
    struct Hooks {
        std::function<void()> tick;         // ten times a second while it waits
        std::function<void()> interrupted;  // SIGINT came
        std::function<void()> ended;        // it waits no more
    };
    ForegroundWaiter(SignalSource& signals, Hooks hooks)
        : signals_(signals), hooks_(std::move(hooks)) {}
    WaitEnd wait(const DoneFlag& flag, const std::function<void()>& interrupt,
                 std::optional<Duration> limit = {}) override;

  private:
    WaitEnd wait_for(const DoneFlag& flag, const std::function<void()>& interrupt,
                     std::optional<Duration> limit);

    SignalSource& signals_;
    Hooks hooks_;
};

}  // namespace gantry::host
