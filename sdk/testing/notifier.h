#pragma once

#include "wire_schedule.h"

#include <gantry/net/event_loop.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace gantry::testing::detail {

struct SocketCallbacks {
    Callback<> readable;
    Callback<> writable;
    Callback<Error> closed;
};

// Tells a socket's user on its loop what waits: level-triggered, each turn while it lasts, and the
// failure once, after which nothing comes. A user that is told again and again and does nothing is
// told at growing intervals, so that virtual time goes on.
class Notifier : public std::enable_shared_from_this<Notifier> {
  public:
    // `ready` says what waits now. Dropped by stop().
    Notifier(EventLoop& loop, WireSchedule& wire, std::vector<Error>& errors,
             std::function<Readiness()> ready);

    void set_callbacks(SocketCallbacks callbacks);
    void set_interest(Interest interest);
    // Something new may wait: the next telling is at once.
    void news();
    // The user did something: the tellings begin anew, without a delay.
    void touch() noexcept { idle_tellings_ = 0; }
    void fail(Error error);
    void stop();
    EventLoop& loop() noexcept { return loop_; }

  private:
    void run();
    void tell(Callback<> SocketCallbacks::*which);
    bool has_news() const;
    void check();
    void schedule();
    void post();

    EventLoop& loop_;
    WireSchedule& wire_;
    std::vector<Error>& errors_;
    std::function<Readiness()> ready_;
    std::shared_ptr<SocketCallbacks> callbacks_;
    Interest interest_ = Interest::none;
    std::optional<Error> failure_;
    bool stopped_ = false;
    bool scheduled_ = false;
    bool delayed_ = false;
    std::uint64_t generation_ = 0;  // of the delay, so that news can overtake it
    unsigned idle_tellings_ = 0;
};

}  // namespace gantry::testing::detail
