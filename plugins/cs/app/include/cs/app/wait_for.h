#pragma once

#include <gantry/job/job.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace gantry::cs {

// The blocking bridge to a loop: runs `start` there with a callback that takes the outcome, and
// waits for it on this thread. What `start` returns lives on the loop until the outcome has come or
// the wait was given up; it is dropped there. ErrorCode::cancelled when `cancel` asks.
template <class T, class Start>
Result<T> wait_for(EventLoop& loop, CancelToken& cancel, Start start) {
    struct Shared {
        std::mutex mutex;
        std::condition_variable came;
        std::optional<Result<T>> outcome;
        std::shared_ptr<void> held;  // loop only
    };
    auto shared = std::make_shared<Shared>();
    loop.post([shared, start = std::move(start)]() mutable {
        shared->held = start([shared](Result<T> outcome) {
            const std::lock_guard lock(shared->mutex);
            shared->outcome = std::move(outcome);
            shared->came.notify_one();
        });
    });
    std::unique_lock lock(shared->mutex);
    const auto came = [&] { return shared->outcome.has_value(); };
    while (!shared->came.wait_for(lock, std::chrono::milliseconds(2), came)) {
        lock.unlock();
        const bool cancelled = cancel.wait_for_cancel(std::chrono::milliseconds(1));
        lock.lock();
        if (cancelled) break;
    }
    loop.post([shared] { shared->held.reset(); });
    if (!came()) return make_error(ErrorCode::cancelled, "cs", "cancelled");
    return std::move(*shared->outcome);
}

}  // namespace gantry::cs
