#pragma once

#include <gantry/core/error.h>
#include <gantry/net/event_loop.h>
#include <gantry/testing/virtual_clock.h>

#include <string>
#include <vector>

namespace gantry::testing {

namespace detail {
struct LoopState;
}

// An EventLoop on virtual time. The thread that drives the clock is every loop's thread; while a
// callback of one loop runs, on_loop_thread() is true for that loop alone, so a call on the wrong
// loop shows. A callback that drives the clock runs the other loops, never its own.
//
// watch() answers ErrorCode::unsupported: descriptors live in real time. Simulated sockets need
// none.
class VirtualLoop final : public EventLoop {
  public:
    // `clock` outlives the loop. `name` is for messages.
    explicit VirtualLoop(VirtualClock& clock, std::string name = "loop");
    ~VirtualLoop() override;
    VirtualLoop(const VirtualLoop&) = delete;
    VirtualLoop& operator=(const VirtualLoop&) = delete;

    TimePoint now() const noexcept override;
    bool on_loop_thread() const noexcept override;
    void post(Task task) override;
    std::unique_ptr<Timer> make_timer(Task task) override;
    Result<std::unique_ptr<Watch>> watch(int fd, Interest interest,
                                         Callback<Readiness> ready) override;

    // As the clock's: they run every loop on the clock.
    void run_ready() { clock_.run_ready(); }
    void run_for(Duration duration) { clock_.run_for(duration); }
    bool run_until(const std::function<bool()>& done, Duration limit) {
        return clock_.run_until(done, limit);
    }
    VirtualClock& clock() noexcept { return clock_; }

    // Ends the loop: what was posted is destroyed unrun, as is what is posted later; no timer
    // fires.
    void end();
    bool ended() const noexcept;
    // Timers that were made and not destroyed: what a plugin left behind.
    std::size_t live_timers() const noexcept;
    // What callbacks threw, oldest first.
    const std::vector<Error>& errors() const noexcept;

  private:
    VirtualClock& clock_;
    std::shared_ptr<detail::VirtualQueue> queue_;
    std::shared_ptr<detail::LoopState> state_;
};

}  // namespace gantry::testing
