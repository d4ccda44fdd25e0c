#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/registration.h>
#include <gantry/net/event_loop.h>

#include <memory>
#include <mutex>

namespace gantry::host {

// A callback that any thread asks a loop to run, until it is taken back. Held by shared_ptr, so
// that a run that is under way or queued outlives whoever takes it back.
//
// post() never runs nor destroys the callback itself, so it may be called with a lock held. The
// loop must live until take_back(); it reports what the callback throws.
template <class... Args>
class PostedCallback : public std::enable_shared_from_this<PostedCallback<Args...>> {
  public:
    PostedCallback(EventLoop& loop, Callback<Args...> target)
        : loop_(&loop), target_(std::move(target)) {}

    const EventLoop* loop() const noexcept { return loop_; }
    void post(Args... args) {
        loop_->post([self = this->shared_from_this(), args...] { return self->run(args...); });
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
    Result<void> run(Args... args) {
        Callback<Args...> running;
        {
            std::lock_guard lock(mutex_);
            if (dropped_) return {};
            running = std::move(target_);
        }
        auto outcome = running(args...);
        {
            std::lock_guard lock(mutex_);
            if (!dropped_) target_ = std::move(running);
        }
        return outcome;
    }

    EventLoop* loop_;
    std::mutex mutex_;
    bool dropped_ = false;
    Callback<Args...> target_;
};

}  // namespace gantry::host
