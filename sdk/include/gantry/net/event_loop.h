#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <cstdint>
#include <memory>

namespace gantry {

enum class Interest : std::uint8_t { none = 0, read = 1, write = 2, both = 3 };
constexpr bool wants_read(Interest i) { return (static_cast<unsigned>(i) & 1U) != 0; }
constexpr bool wants_write(Interest i) { return (static_cast<unsigned>(i) & 2U) != 0; }

struct Readiness {
    bool readable = false;
    bool writable = false;
    bool hangup = false;  // the peer is gone or the descriptor is in error; reported once, always
    bool operator==(const Readiness&) const = default;
};

// A watched descriptor. Destroying it ends the watch; no call comes after that. The descriptor
// stays its owner's and must outlive the watch. Loop thread only.
class Watch {
  public:
    virtual ~Watch() = default;
    // Level-triggered: while the descriptor is ready for what is wanted, it is reported each turn.
    virtual void set_interest(Interest interest) = 0;
};

// A timer that can be armed again and again without a new allocation. Destroying it disarms it.
// Loop thread only.
class Timer {
  public:
    virtual ~Timer() = default;
    // Calls the task once, at or after `when`. Replaces an earlier deadline.
    virtual void arm(TimePoint when) = 0;
    virtual void disarm() noexcept = 0;
    virtual bool armed() const noexcept = 0;
};

// Runs callbacks on one thread: descriptor readiness, timers, posted tasks. Everything but post()
// and on_loop_thread() belongs to the loop's thread (or, before the loop runs, to its maker).
//
// A callback may destroy its own Watch or Timer, or any other, and may add new ones. A callback
// that throws is reported by the host and does not stop the loop. Timers that are due fire in the
// order of their deadlines, equal ones in the order they were armed.
class EventLoop {
  public:
    virtual ~EventLoop() = default;
    virtual TimePoint now() const noexcept = 0;
    virtual bool on_loop_thread() const noexcept = 0;
    // From any thread. Tasks run in the order they were posted, each in a later turn. A task that
    // is posted to a loop that has ended is destroyed unrun.
    virtual void post(Task task) = 0;
    virtual std::unique_ptr<Timer> make_timer(Task task) = 0;
    // `fd` is a socket, pipe, pty or eventfd. Fails for one that cannot be polled (a plain file).
    virtual Result<std::unique_ptr<Watch>> watch(int fd, Interest interest,
                                                 Callback<Readiness> ready) = 0;
};

}  // namespace gantry
