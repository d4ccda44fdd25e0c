#include <host/shell/background_tasks.h>
#include <host/shell/limits.h>

#include <mutex>
#include <thread>

namespace gantry::host {

namespace {}

struct BackgroundTasks::Task {
    ~Task() {
        if (thread.joinable()) thread.join();
    }
    void run(const Body& body) {
        PlainWaiter waiter;
        RunContext context{waiter, cancel, true, [this](const Launch& now) {
                               {
                                   const std::lock_guard lock(mutex);
                                   launch = now;
                               }
                               launched.set();
                           }};
        const int result = body(context);
        {
            const std::lock_guard lock(mutex);
            status = result;
        }
        ended.set();
        launched.set();
    }
    LocalCancel cancel;
    DoneFlag launched;  // or ended
    DoneFlag ended;
    std::mutex mutex;
    Launch launch;
    int status = 0;  // once ended
    std::thread thread;
};

BackgroundTasks::BackgroundTasks() = default;

BackgroundTasks::~BackgroundTasks() {
    cancel_all();
    Tasks tasks;  // joined without the lock: what ends may still start or wait
    {
        const std::lock_guard lock(mutex_);
        tasks.swap(tasks_);
    }
}

BackgroundTasks::Tasks BackgroundTasks::reap() {
    Tasks ended;  // destroyed, and so joined, by the caller, after the lock is given back
    const std::lock_guard lock(mutex_);
    for (auto at = tasks_.begin(); at != tasks_.end();) {
        const auto task = at++;
        if ((*task)->ended.is_set()) ended.splice(ended.end(), tasks_, task);
    }
    return ended;
}

Result<BackgroundTasks::Started> BackgroundTasks::start(Body body, RunContext& by) {
    (void)reap();
    auto task = std::make_shared<Task>();
    {
        const std::lock_guard lock(mutex_);
        if (tasks_.size() >= shell_limits::kBackground)
            return make_error(ErrorCode::limit, "shell",
                              "at most 256 commands run in the background");
        tasks_.push_back(task);
        task->thread =
            std::thread([task = task.get(), body = std::move(body)] { task->run(body); });
    }
    (void)by.waiter.wait(
        task->launched, [&] { task->cancel.request(); }, kLaunchLimit);
    const std::lock_guard lock(task->mutex);
    Started started{task->launch, std::nullopt};
    if (task->ended.is_set()) started.status = task->status;
    return started;
}

int BackgroundTasks::wait_all(const RunContext& by) {
    PlainWaiter waiter;
    int status = 0;
    Tasks tasks;
    {
        const std::lock_guard lock(mutex_);
        tasks = tasks_;
    }
    for (const auto& task : tasks) {
        if (&task->cancel == &by.cancel) continue;
        while (waiter.wait(
                   task->ended, [] {}, kCancelCheck) != WaitEnd::done) {
            if (by.cancel.cancel_requested()) return exit_status(ErrorCode::cancelled);
        }
        const std::lock_guard lock(task->mutex);
        if (task->status != 0) status = task->status;
    }
    tasks.clear();
    (void)reap();
    return status;
}

void BackgroundTasks::cancel_all() {
    const std::lock_guard lock(mutex_);
    for (const auto& task : tasks_) task->cancel.request();
}

std::size_t BackgroundTasks::running() {
    (void)reap();
    const std::lock_guard lock(mutex_);
    return tasks_.size();
}

}  // namespace gantry::host
