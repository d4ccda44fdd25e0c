#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/result.h>

#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace gantry::host {

// The threads of one plugin's blocking handlers: each task gets one of its own, which ends with the
// task. None is kept or shared with the host: a thread_local with a destructor that a handler used
// would pin the plugin's file until its thread ends. Thread-safe.
class CommandThreads {
  public:
    // `name` shows up in debuggers.
    explicit CommandThreads(std::string name) : name_(std::move(name)) {}
    ~CommandThreads();  // join()

    // busy: loader_limits::kBlockingCommands run already. closed: after join(). limit: the system
    // has no thread to give.
    Result<void> run(Task task);
    // Runs the task on a thread of its own beyond the cap, and waits for its end. What it throws,
    // and why it did not run, is the answer.
    Result<void> run_and_wait(Task task);
    // Takes nothing new and waits for what runs.
    void join();
    std::size_t running() const;

  private:
    struct Entry {
        std::thread thread;
        bool ended = false;
    };
    Result<void> launch(Task task, bool capped);
    std::list<Entry> take_ended();

    const std::string name_;
    mutable std::mutex mutex_;
    std::list<Entry> threads_;
    bool closed_ = false;
};

}  // namespace gantry::host
