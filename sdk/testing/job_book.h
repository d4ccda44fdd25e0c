#pragma once

#include "on_release.h"

#include <gantry/testing/recorded.h>
#include <gantry/testing/virtual_loop.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace gantry::testing::detail {

// The jobs and events of one plugin. Thread-safe.
class JobBook : public std::enable_shared_from_this<JobBook> {
  public:
    // `clock` outlives the book and its jobs.
    explicit JobBook(VirtualClock& clock) : clock_(clock), waiting_(clock, "job waits") {}

    std::unique_ptr<Job> start(std::string title, JobId parent = {});
    std::vector<RecordedJob> jobs() const;
    std::vector<RecordedEvent> events() const;
    std::optional<RecordedJob> find(JobId id) const;
    void emit(JobId job, Event event);
    void cancel(JobId id);
    // Asks every running job to stop; how many there were.
    std::size_t cancel_all();
    // Cancellation listeners that were not dropped.
    std::size_t listeners() const;

    // For the jobs.
    void change(JobId id, const std::function<void(RecordedJob&)>& edit);
    void progress(JobId id, ByteCount done);
    void finish(JobId id, Result<void> outcome);
    bool cancel_requested(JobId id) const;
    Registration on_cancel(JobId id, EventLoop& loop, Task task);
    bool wait_for_cancel(JobId id, Duration limit);

  private:
    struct Listener {
        EventLoop* loop = nullptr;
        Task task;
        std::atomic<bool> dropped{false};
    };
    // A thread in wait_for_cancel().
    struct Wait {
        std::unique_ptr<Timer> timer;
        bool over = false;
    };
    struct Entry {
        RecordedJob record;
        bool cancel = false;
        std::map<std::uint64_t, std::shared_ptr<Listener>> listeners;
        std::vector<std::shared_ptr<Wait>> waits;
    };
    static void post(const std::shared_ptr<Listener>& listener);
    bool wait_inline(JobId id, Duration limit);
    bool wait_on_thread(JobId id, Duration limit);
    void wake(Wait& wait);  // with the mutex held

    VirtualClock& clock_;
    VirtualLoop waiting_;  // carries the timers of threads that wait
    mutable std::mutex mutex_;
    std::condition_variable woken_;
    std::map<JobId, Entry> entries_;
    std::vector<RecordedEvent> events_;
    std::uint64_t next_listener_ = 1;
};

}  // namespace gantry::testing::detail
