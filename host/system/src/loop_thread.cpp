#include <host/system/loop_thread.h>

#include <future>
#include <system_error>

#include "thread_name.h"

namespace gantry::host {

LoopThread::LoopThread(const std::string& name)
    : thread_([this, name] {
          name_this_thread(name);
          loop_.run();
      }) {
    // Until it runs, the loop takes this thread for its own.
    std::promise<void> promise;
    const std::future<void> runs = promise.get_future();
    loop_.post([promise = std::move(promise)]() mutable { promise.set_value(); });
    runs.wait();
}

Result<std::unique_ptr<LoopThread>> LoopThread::start(const std::string& name) {
    try {
        return std::make_unique<LoopThread>(name);
    } catch (const std::exception& e) {
        return make_error(ErrorCode::limit, "loop", e.what(), name);
    }
}

LoopThread::~LoopThread() { stop(); }

Result<void> LoopThread::run_and_wait(Task task) {
    if (loop_.on_loop_thread()) return task();
    // A task that is destroyed unrun breaks its promise, and so ends the wait as well.
    std::promise<Result<void>> promise;
    std::future<Result<void>> outcome = promise.get_future();
    loop_.post([task = std::move(task), promise = std::move(promise)]() mutable {
        Result<void> result = task();
        task.reset();
        promise.set_value(std::move(result));
    });
    try {
        return outcome.get();
    } catch (const std::future_error&) {
        return make_error(ErrorCode::closed, "loop", "the loop has ended");
    }
}

void LoopThread::stop() {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
}

}  // namespace gantry::host
