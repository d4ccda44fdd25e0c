#pragma once

#include <gantry/core/result.h>
#include <host/shell/command_runner.h>

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace gantry::host {

// What runs behind the prompt: each chain that ended in '&' has a thread here until it is reaped.
// Thread-safe.
class BackgroundTasks {
  public:
    using Body = std::function<int(RunContext&)>;
    struct Started {
        Launch launch;
        std::optional<int> status;  // it has ended already
    };

    BackgroundTasks();
    ~BackgroundTasks();  // cancels and waits

    // Runs `body` on a thread of its own, and returns when its first command runs (a server's: when
    // it listens), when it has ended, or after kLaunchLimit. limit: too many run.
    Result<Started> start(Body body, RunContext& by);
    // Waits for all but the one that `by` is the context of; the status of the last that failed, or
    // 0. Stops waiting when `by` is cancelled.
    int wait_all(const RunContext& by);
    void cancel_all();
    std::size_t running();

    static constexpr Duration kLaunchLimit = std::chrono::seconds(3);

  private:
    struct Task;
    using Tasks = std::list<std::shared_ptr<Task>>;
    Tasks reap();

    std::mutex mutex_;
    Tasks tasks_;
};

}  // namespace gantry::host
