#include "job_state.h"

#include <host/runtime/job_table.h>
#include <host/runtime/wait_limit.h>

namespace gantry::host {

JobTable::JobTable(const Clock& clock, EventBus& bus)
    : state_(std::make_shared<State>(clock, bus)) {}

JobTable::~JobTable() {
    std::lock_guard in_order(state_->order);
    std::lock_guard lock(state_->data);
    state_->closed = true;
}

std::unique_ptr<Job> JobTable::start(std::string plugin, std::string title) {
    return state_->start(std::move(plugin), std::move(title), nullptr);
}

std::vector<JobSnapshot> JobTable::snapshot() const {
    std::lock_guard lock(state_->data);
    std::vector<JobSnapshot> all;
    all.reserve(state_->jobs.size());
    for (const auto& [id, job] : state_->jobs) all.push_back(state_->snapshot(*job));
    return all;
}

std::optional<JobSnapshot> JobTable::find(JobId id) const {
    std::lock_guard lock(state_->data);
    const auto found = state_->jobs.find(id.value());
    if (found == state_->jobs.end()) return std::nullopt;
    return state_->snapshot(*found->second);
}

Result<void> JobTable::cancel(JobId id) {
    JobEntryPtr job;
    {
        std::lock_guard lock(state_->data);
        const auto found = state_->jobs.find(id.value());
        if (found == state_->jobs.end())
            return make_error(ErrorCode::not_found, "jobs",
                              "there is no job %" + std::to_string(id.value()));
        job = found->second;
    }
    state_->cancel({job});
    return {};
}

std::size_t JobTable::cancel_all(std::string_view plugin) {
    std::vector<JobEntryPtr> jobs;
    {
        std::lock_guard lock(state_->data);
        jobs = state_->running_of(plugin);
    }
    return state_->cancel(jobs);
}

bool JobTable::wait(JobId id, Duration limit) const {
    std::unique_lock lock(state_->data);
    return state_->changed.wait_for(lock, wait_limit(limit), [&] {
        const auto found = state_->jobs.find(id.value());
        return found == state_->jobs.end() || !found->second->running();
    });
}

std::size_t JobTable::running(std::string_view plugin) const {
    std::lock_guard lock(state_->data);
    return state_->running_of(plugin).size();
}

std::size_t JobTable::abandon(std::string_view plugin) {
    std::vector<JobEntryPtr> jobs;
    {
        std::lock_guard lock(state_->data);
        jobs = state_->running_of(plugin);
    }
    for (const auto& job : jobs) {
        std::map<std::uint64_t, CancelListener> dropped;
        {
            std::lock_guard lock(state_->data);
            dropped.swap(job->listeners);
        }
        for (auto& [key, listener] : dropped) listener->take_back();
        state_->finish(*job, make_error(ErrorCode::cancelled, "jobs",
                                        "the plugin " + job->plugin + " was unloaded"));
    }
    return jobs.size();
}

void JobTable::forget_loop(const EventLoop& loop) {
    std::vector<CancelListener> dropped;
    {
        std::lock_guard lock(state_->data);
        for (auto& [id, job] : state_->jobs)
            std::erase_if(job->listeners, [&](auto& entry) {
                if (entry.second->loop() != &loop) return false;
                dropped.push_back(entry.second);
                return true;
            });
    }
    for (const auto& listener : dropped) listener->take_back();
}

}  // namespace gantry::host
