#include "job_state.h"

#include "job_events.h"
#include "worker_job.h"

#include <host/runtime/on_release.h>
#include <host/runtime/wait_limit.h>

namespace gantry::host {

std::unique_ptr<Job> JobTable::State::start(std::string plugin, std::string title,
                                            const JobEntryPtr& parent) {
    const auto now = clock.now();
    auto job = std::make_shared<JobEntry>(now);
    job->plugin = std::move(plugin);
    job->title = std::move(title);
    job->next_sample = (now + RateEstimator::kSpacing).time_since_epoch().count();
    std::lock_guard in_order(order);
    std::unique_lock lock(data);
    if (parent) {
        if (parent->running_children >= kMaxChildren)
            return std::make_unique<UnlistedJob>(shared_from_this(), parent);
        ++parent->running_children;
        job->parent = parent->id;
        job->cancel = parent->cancel.load();
        if (job->cancel) job->state = JobState::cancelling;
    }
    job->id = JobId(next_id++);
    jobs.emplace(job->id.value(), job);
    const auto seen = snapshot(*job);
    lock.unlock();
    if (!closed) bus.publish(seen.plugin, seen.id, job_started(seen));
    return std::make_unique<WorkerJob>(shared_from_this(), job);
}

void JobTable::State::progress(JobEntry& job, std::uint64_t done) {
    job.done.store(done, std::memory_order_relaxed);
    const auto now = clock.now();
    auto due = job.next_sample.load(std::memory_order_relaxed);
    if (now.time_since_epoch().count() < due) return;
    const auto next = (now + RateEstimator::kSpacing).time_since_epoch().count();
    if (!job.next_sample.compare_exchange_strong(due, next)) return;
    std::lock_guard in_order(order);
    std::unique_lock lock(data);
    if (!job.running() || closed) return;
    job.rate.sample(now, done);
    const auto seen = snapshot(job);
    lock.unlock();
    bus.publish(seen.plugin, seen.id, job_progress(seen));
}

void JobTable::State::finish(JobEntry& job, Result<void> outcome) {
    std::map<std::uint64_t, CancelListener> dropped;  // ends after the locks
    std::lock_guard in_order(order);
    std::unique_lock lock(data);
    if (!job.running()) return;
    job.ended = clock.now();
    job.state = JobState::succeeded;
    if (!outcome) {
        const bool wanted = outcome.error().code == ErrorCode::cancelled ||
                            (job.cancel && outcome.error().code == ErrorCode::interrupted);
        job.state = wanted ? JobState::cancelled : JobState::failed;
        job.error = std::move(outcome).error();
    }
    dropped.swap(job.listeners);
    prune(job);
    const auto seen = snapshot(job);
    lock.unlock();
    changed.notify_all();
    if (!closed) bus.publish(seen.plugin, seen.id, job_finished(seen));
}

void JobTable::State::prune(const JobEntry& just_ended) {
    const auto parent = jobs.find(just_ended.parent.value());
    if (parent != jobs.end()) --parent->second->running_children;
    ended.push_back(just_ended.id.value());
    if (ended.size() <= kKept) return;
    jobs.erase(ended.front());
    ended.pop_front();
}

void JobTable::State::emit(const JobEntry& job, Event event) {
    std::lock_guard in_order(order);
    if (!closed) bus.publish(job.plugin, job.id, std::move(event));
}

Registration JobTable::State::on_cancel(const JobEntryPtr& job, EventLoop& loop, Task task) {
    auto listener = std::make_shared<PostedCallback<>>(loop, std::move(task));
    std::lock_guard lock(data);
    if (!job->running()) return {};
    const auto key = next_listener++;
    job->listeners.emplace(key, listener);
    if (job->cancel) listener->post();
    return on_release([self = shared_from_this(), job, key, listener] {
        {
            std::lock_guard inner(self->data);
            job->listeners.erase(key);
        }
        listener->take_back();
    });
}

bool JobTable::State::wait_for_cancel(const JobEntry& job, Duration limit) const {
    std::unique_lock lock(data);
    return changed.wait_for(lock, wait_limit(limit), [&] { return job.cancel.load(); });
}

std::size_t JobTable::State::cancel(const std::vector<JobEntryPtr>& roots) {
    std::lock_guard in_order(order);
    std::unique_lock lock(data);
    std::vector<JobEntryPtr> all;
    for (const auto& root : roots) collect(root, all);
    std::size_t ran = 0;
    std::vector<JobEntryPtr> asked;
    for (const auto& job : all) {
        ++ran;
        if (job->cancel.exchange(true)) continue;
        job->state = JobState::cancelling;
        for (auto& [key, listener] : job->listeners) listener->post();
        asked.push_back(job);
    }
    lock.unlock();
    changed.notify_all();
    for (const auto& job : asked)
        if (!closed) bus.publish(job->plugin, job->id, job_cancelling());
    return ran;
}

void JobTable::State::collect(const JobEntryPtr& job, std::vector<JobEntryPtr>& into) const {
    if (!job->running() || std::find(into.begin(), into.end(), job) != into.end()) return;
    into.push_back(job);
    // Children have higher ids than their parent.
    for (auto i = jobs.upper_bound(job->id.value()); i != jobs.end(); ++i)
        if (i->second->parent == job->id) collect(i->second, into);
}

std::vector<JobEntryPtr> JobTable::State::running_of(std::string_view plugin) const {
    std::vector<JobEntryPtr> found;
    for (const auto& [id, job] : jobs)
        if (job->plugin == plugin && job->running()) found.push_back(job);
    return found;
}

JobSnapshot JobTable::State::snapshot(const JobEntry& job) const {
    const auto now = job.running() ? clock.now() : job.ended;
    const ByteCount done(job.done.load(std::memory_order_relaxed));
    JobSnapshot seen{job.id,    job.parent, job.plugin, job.title,         job.state, done,
                     job.total, {},         {},         now - job.started, job.error};
    if (job.running()) {
        seen.rate = job.rate.rate(now, done.value());
        if (job.total && done <= *job.total)
            seen.time_left = time_left(*job.total - done, seen.rate);
    } else if (const double s = to_seconds(seen.elapsed); s > 0) {
        seen.rate =
            BytesPerSecond(static_cast<std::uint64_t>(static_cast<double>(done.value()) / s));
    }
    return seen;
}

}  // namespace gantry::host
