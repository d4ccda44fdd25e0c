#include <host/system/thread_pool.h>

#include "thread_name.h"

namespace gantry::host {

ThreadPool::ThreadPool(const std::string& name, std::size_t threads) {
    try {
        while (threads_.size() < threads)
            threads_.emplace_back([this, name] {
                name_this_thread(name);
                run();
            });
    } catch (...) {
        stop();
        throw;
    }
}

ThreadPool::~ThreadPool() { stop(); }

Result<void> ThreadPool::submit(Task work, EventLoop& loop, Task done) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return make_error(ErrorCode::closed, "pool", "the pool is stopping");
        if (queue_.size() >= kMaxQueued)
            return make_error(ErrorCode::busy, "pool", "too much work waits already");
        queue_.push_back({std::move(work), &loop, std::move(done)});
    }
    changed_.notify_one();
    return {};
}

void ThreadPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

void ThreadPool::set_fault_handler(std::function<void(const Error&)> handler) {
    fault_handler_ = std::move(handler);
}

bool ThreadPool::take(Item& item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return false;
    item = std::move(queue_.front());
    queue_.pop_front();
    return true;
}

void ThreadPool::run() {
    for (Item item; take(item);) perform(std::move(item));
}

// The work is destroyed before `done` is posted, so that what it holds is free by then.
void ThreadPool::perform(Item item) {
    const Result<void> outcome = item.work();
    item.work.reset();
    if (!outcome && fault_handler_) fault_handler_(outcome.error());
    if (item.done) item.loop->post(std::move(item.done));
}

}  // namespace gantry::host
