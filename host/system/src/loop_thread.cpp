#include <host/system/loop_thread.h>

#include <future>
#include <system_error>

#include "thread_name.h"

namespace gantry::host {

LoopThread::LoopThread(const std::string& name)
    : thread_([this, name] {
          name_this_thread(name);
          loop_.run();
      }) {}

Result<std::unique_ptr<LoopThread>> LoopThread::start(const std::string& name) {
    try {
        return std::make_unique<LoopThread>(name);
    } catch (const std::exception& e) {
        return make_error(ErrorCode::limit, "loop", e.what(), name);
    }
}

LoopThread::~LoopThread() { stop(); }

bool LoopThread::run_and_wait(Task task) {
    if (loop_.on_loop_thread()) return task().ok();
    // A task that is destroyed unrun breaks its promise, and so ends the wait as well.
    std::promise<void> promise;
    std::future<void> ended = promise.get_future();
    loop_.post([task = std::move(task), promise = std::move(promise)]() mutable {
        const Result<void> outcome = task();
        task.reset();
        promise.set_value();
        if (!outcome) throw std::runtime_error(outcome.error().message);
    });
    try {
        ended.get();
    } catch (const std::future_error&) {
        return false;
    }
    return true;
}

void LoopThread::stop() {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
}

}  // namespace gantry::host
