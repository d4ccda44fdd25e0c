#pragma once

#include <gantry/job/job.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gantry::host {

class EventBus;

struct JobSnapshot {
    JobId id;
    JobId parent;  // 0: none
    std::string plugin;
    std::string title;
    JobState state = JobState::running;
    ByteCount done;
    std::optional<ByteCount> total;
    BytesPerSecond rate;  // smoothed over the last seconds
    std::optional<Duration> time_left;
    Duration elapsed{};
    std::optional<Error> error;
};

// The one table of work. The shell's progress block, `jobs`, --json and --events all read it.
// Thread-safe. Each change of state is an event on the bus: "job.started" (title, parent),
// "job.cancelling", "job.finished" (state, bytes, seconds, error); progress at most 10 times a
// second and job as "job.progress" (bytes, total, rate, time_left). A job's events come in order.
//
// A subscriber of the bus may read the table. Nobody may change it with a lock held that a
// subscriber takes.
class JobTable {
  public:
    // `clock` and `bus` outlive the table.
    JobTable(const Clock& clock, EventBus& bus);
    ~JobTable();

    // The worker's end of a new job. Destroying it unfinished fails the job.
    std::unique_ptr<Job> start(std::string plugin, std::string title);
    std::vector<JobSnapshot> snapshot() const;  // by id; ended jobs stay, the last kKept of them
    std::optional<JobSnapshot> find(JobId id) const;
    // Asks a job and its children to stop. not_found when there is none; fine when it has ended.
    Result<void> cancel(JobId id);
    // Asks all running jobs of a plugin to stop; answers how many there were.
    std::size_t cancel_all(std::string_view plugin);
    // Blocks until the job has ended or `limit` is over; whether it ended.
    bool wait(JobId id, Duration limit) const;
    std::size_t running(std::string_view plugin) const;
    // Fails what a plugin that goes away has left running, and drops the tasks that wait for the
    // cancellation of its jobs. Answers how many jobs there were.
    std::size_t abandon(std::string_view plugin);
    // Drops the tasks that were to run on a loop, which ends after this.
    void forget_loop(const EventLoop& loop);

    static constexpr std::size_t kKept = 256;
    // Running children of one job. What is more works and is cancelled with its parent, but has no
    // line in the table.
    static constexpr std::size_t kMaxChildren = 1024;

    struct State;  // of the implementation

  private:
    std::shared_ptr<State> state_;
};

}  // namespace gantry::host
