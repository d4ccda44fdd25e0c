#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/registration.h>
#include <gantry/net/event_loop.h>
#include <host/runtime/error_sink.h>

#include <memory>
#include <mutex>

namespace gantry::host {

// A callback that any thread asks a loop to run, until it is taken back. Held by shared_ptr, so
// that a run that is under way or queued outlives whoever takes it back.
//
// post() never runs nor destroys the callback itself, so it may be called with a lock held. The
// loop must live until take_back().
template <class... Args>
class PostedCallback : public std::enable_shared_from_this<PostedCallback<Args...>> {
  public:
    PostedCallback(EventLoop& loop, Callback<Args...> target, ErrorSink errors)
        : loop_(&loop), target_(std::move(target)), errors_(std::move(errors)) {}

    const EventLoop* loop() const noexcept { return loop_; }
    void post(Args... args) {
        loop_->post([self = this->shared_from_this(), args...] { self->run(args...); });
    }
    // The callback does not start after this; it is destroyed here, or after a run under way.
    void take_back() {
        Callback<Args...> gone;
        std::lock_guard lock(mutex_);
        dropped_ = true;
        gone = std::move(target_);
        // `gone` ends after the lock, as it was made before it.
    }

  private:
    void run(Args... args) {
        Callback<Args...> running;
        {
            std::lock_guard lock(mutex_);
            if (dropped_) return;
            running = std::move(target_);
        }
        const auto outcome = running(args...);
        {
            std::lock_guard lock(mutex_);
            if (!dropped_) target_ = std::move(running);
        }
        if (!outcome && errors_) errors_(outcome.error());
    }

    EventLoop* loop_;
    std::mutex mutex_;
    bool dropped_ = false;
    Callback<Args...> target_;
    ErrorSink errors_;
};

}  // namespace gantry::host
