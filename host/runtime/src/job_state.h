#pragma once

#include <host/runtime/event_bus.h>
#include <host/runtime/job_table.h>
#include <host/runtime/posted_callback.h>
#include <host/runtime/rate_estimator.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

namespace gantry::host {

using CancelListener = std::shared_ptr<PostedCallback<>>;

// One job. The atomics are written by the worker without a lock; the rest is guarded by
// JobTable::State::data.
struct JobEntry {
    explicit JobEntry(TimePoint now) : started(now), rate(now) {}

    JobId id;
    JobId parent;
    std::string plugin;
    std::string title;
    JobState state = JobState::running;
    std::optional<ByteCount> total;
    std::optional<Error> error;
    TimePoint started;
    TimePoint ended{};
    RateEstimator rate;
    std::map<std::uint64_t, CancelListener> listeners;
    std::size_t running_children = 0;

    std::atomic<std::uint64_t> done{0};
    std::atomic<bool> cancel{false};
    std::atomic<TimePoint::rep> next_sample{0};

    bool running() const { return state == JobState::running || state == JobState::cancelling; }
};
using JobEntryPtr = std::shared_ptr<JobEntry>;

// Shared by the table and by every Job, which may outlive the table.
struct JobTable::State : std::enable_shared_from_this<JobTable::State> {
    State(const Clock& c, EventBus& b) : clock(c), bus(b) {}

    // `order` is held over a change and the events that tell it, so they come in order; `data`
    // guards the values and is never held while a subscriber runs. `order` comes first.
    std::recursive_mutex order;
    mutable std::mutex data;
    mutable std::condition_variable changed;
    const Clock& clock;
    EventBus& bus;
    std::map<std::uint64_t, JobEntryPtr> jobs;
    std::deque<std::uint64_t> ended;
    std::uint64_t next_id = 1;
    std::uint64_t next_listener = 1;
    bool closed = false;

    std::unique_ptr<Job> start(std::string plugin, std::string title, const JobEntryPtr& parent);
    void progress(JobEntry& job, std::uint64_t done);
    void finish(JobEntry& job, Result<void> outcome);
    void emit(const JobEntry& job, Event event);
    Registration on_cancel(const JobEntryPtr& job, EventLoop& loop, Task task);
    bool wait_for_cancel(const JobEntry& job, Duration limit) const;
    // Asks the jobs and all below them to stop; answers how many ran.
    std::size_t cancel(const std::vector<JobEntryPtr>& roots);
    std::vector<JobEntryPtr> running_of(std::string_view plugin) const;  // with `data` held
    JobSnapshot snapshot(const JobEntry& job) const;                     // with `data` held

  private:
    void collect(const JobEntryPtr& job, std::vector<JobEntryPtr>& into) const;
    void prune(const JobEntry& just_ended);
};

}  // namespace gantry::host
