#include <host/loader/command_threads.h>
#include <host/loader/limits.h>
#include <pthread.h>

#include <algorithm>
#include <future>
#include <system_error>

namespace gantry::host {

CommandThreads::~CommandThreads() { join(); }

Result<void> CommandThreads::run(Task task) { return launch(std::move(task), true); }

Result<void> CommandThreads::run_and_wait(Task task) {
    // A task that is destroyed unrun breaks its promise, and so ends the wait as well.
    std::promise<Result<void>> promise;
    auto ended = promise.get_future();
    auto launched = launch(
        [task = std::move(task), promise = std::move(promise)]() mutable {
            auto outcome = task();
            task.reset();
            promise.set_value(std::move(outcome));
        },
        false);
    if (!launched) return launched;
    return ended.get();
}

std::list<CommandThreads::Entry> CommandThreads::take_ended() {
    std::list<Entry> ended;
    for (auto i = threads_.begin(); i != threads_.end();) {
        const auto next = std::next(i);
        if (i->ended) ended.splice(ended.end(), threads_, i);
        i = next;
    }
    return ended;
}

Result<void> CommandThreads::launch(Task task, bool capped) {
    std::list<Entry> ended;
    Result<void> outcome;
    {
        std::lock_guard lock(mutex_);
        ended = take_ended();
        if (closed_) return make_error(ErrorCode::closed, "loader", "the plugin is being unloaded");
        if (capped && threads_.size() >= loader_limits::kBlockingCommands)
            return make_error(ErrorCode::busy, "loader",
                              std::to_string(threads_.size()) + " commands run already");
        Entry& entry = threads_.emplace_back();
        try {
            entry.thread = std::thread([this, &entry, work = std::move(task)]() mutable {
                ::pthread_setname_np(::pthread_self(), name_.substr(0, 15).c_str());
                (void)work();  // the host's own, which reports what the plugin's throws
                work.reset();
                std::lock_guard inner(mutex_);
                entry.ended = true;
            });
        } catch (const std::system_error& e) {
            threads_.pop_back();
            outcome = make_error(ErrorCode::limit, "loader", e.what());
        }
    }
    for (Entry& entry : ended) entry.thread.join();
    return outcome;
}

void CommandThreads::join() {
    std::unique_lock lock(mutex_);
    closed_ = true;
    while (!threads_.empty()) {
        // The thread marks its entry at its end, so the entry stays where it is until then.
        std::thread thread = std::move(threads_.front().thread);
        lock.unlock();
        thread.join();
        lock.lock();
        threads_.pop_front();
    }
}

std::size_t CommandThreads::running() const {
    std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(threads_.begin(), threads_.end(), [](const Entry& e) { return !e.ended; }));
}

}  // namespace gantry::host
