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
// Thread-safe. Each change of state is an event "job.started", "job.finished" on the bus, and
// progress at most 10 times a second and job as "job.progress".
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

    static constexpr std::size_t kKept = 256;
    static constexpr std::size_t kMaxChildren = 1024;  // of one job

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::host
