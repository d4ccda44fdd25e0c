#include "job_book.h"

#include "test_job.h"

#include <utility>

namespace gantry::testing::detail {

std::unique_ptr<Job> JobBook::start(std::string title, JobId parent) {
    JobId id;
    {
        const std::lock_guard lock(mutex_);
        id = JobId{entries_.size() + 1};
        Entry& entry = entries_[id];
        entry.record.id = id;
        entry.record.parent = parent;
        entry.record.title = std::move(title);
    }
    if (parent.value() != 0 && cancel_requested(parent)) cancel(id);
    return std::make_unique<TestJob>(shared_from_this(), id);
}

std::vector<RecordedJob> JobBook::jobs() const {
    const std::lock_guard lock(mutex_);
    std::vector<RecordedJob> all;
    for (const auto& [id, entry] : entries_) all.push_back(entry.record);
    return all;
}

std::vector<RecordedEvent> JobBook::events() const {
    const std::lock_guard lock(mutex_);
    return events_;
}

std::optional<RecordedJob> JobBook::find(JobId id) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    if (found == entries_.end()) return std::nullopt;
    return found->second.record;
}

void JobBook::emit(JobId job, Event event) {
    const std::lock_guard lock(mutex_);
    events_.push_back({clock_.now(), job, std::move(event)});
}

void JobBook::cancel(JobId id) {
    std::vector<JobId> children;
    {
        const std::lock_guard lock(mutex_);
        Entry& entry = entries_.at(id);
        if (entry.record.ended() || entry.cancel) return;
        entry.cancel = true;
        entry.record.state = JobState::cancelling;
        for (const auto& [serial, listener] : entry.listeners) post(listener);
        for (const auto& wait : std::exchange(entry.waits, {})) wake(*wait);
        for (const auto& [child, other] : entries_)
            if (other.record.parent == id) children.push_back(child);
    }
    for (const auto child : children) cancel(child);
}

std::size_t JobBook::cancel_all() {
    std::size_t running = 0;
    for (const auto& job : jobs()) {
        if (job.ended()) continue;
        ++running;
        cancel(job.id);
    }
    return running;
}

std::size_t JobBook::listeners() const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [id, entry] : entries_) count += entry.listeners.size();
    return count;
}

void JobBook::change(JobId id, const std::function<void(RecordedJob&)>& edit) {
    const std::lock_guard lock(mutex_);
    RecordedJob& record = entries_.at(id).record;
    if (!record.ended()) edit(record);
}

void JobBook::progress(JobId id, ByteCount done) {
    change(id, [&](RecordedJob& job) { job.progress.emplace_back(clock_.now(), done); });
}

void JobBook::finish(JobId id, Result<void> outcome) {
    change(id, [&](RecordedJob& job) {
        const bool stopped = !outcome && (outcome.error().code == ErrorCode::cancelled ||
                                          outcome.error().code == ErrorCode::interrupted);
        job.state =
            outcome ? JobState::succeeded : (stopped ? JobState::cancelled : JobState::failed);
        if (!outcome) job.error = outcome.error();
    });
}

bool JobBook::cancel_requested(JobId id) const {
    const std::lock_guard lock(mutex_);
    return entries_.at(id).cancel;
}

void JobBook::post(const std::shared_ptr<Listener>& listener) {
    listener->loop->post([listener]() -> Result<void> {
        if (listener->dropped.exchange(true)) return {};
        return listener->task();
    });
}

Registration JobBook::on_cancel(JobId id, EventLoop& loop, Task task) {
    auto listener = std::make_shared<Listener>();
    listener->loop = &loop;
    listener->task = std::move(task);
    const std::lock_guard lock(mutex_);
    Entry& entry = entries_.at(id);
    const auto serial = next_listener_++;
    entry.listeners.emplace(serial, listener);
    if (entry.cancel) post(listener);
    return on_release([self = shared_from_this(), id, serial, listener] {
        listener->dropped = true;
        const std::lock_guard inner(self->mutex_);
        self->entries_.at(id).listeners.erase(serial);
    });
}

bool JobBook::wait_for_cancel(JobId id, Duration limit) {
    return clock_.is_driven_here() ? wait_inline(id, limit) : wait_on_thread(id, limit);
}

// The thread that waits is the one that drives: it lets the rest of the world go on.
bool JobBook::wait_inline(JobId id, Duration limit) {
    return clock_.run_until([&] { return cancel_requested(id); }, limit);
}

// The one that wakes a thread says that it works again: the thread itself would say so too late.
void JobBook::wake(Wait& wait) {
    if (std::exchange(wait.over, true)) return;
    clock_.outside_resumes();
    woken_.notify_all();
}

bool JobBook::wait_on_thread(JobId id, Duration limit) {
    const auto wait = std::make_shared<Wait>();
    std::unique_lock lock(mutex_);
    Entry& entry = entries_.at(id);
    if (entry.cancel) return true;
    entry.waits.push_back(wait);
    waiting_.post([this, wait, until = clock_.now() + limit] {
        wait->timer = waiting_.make_timer([this, weak = std::weak_ptr(wait)] {
            const auto self = weak.lock();
            const std::lock_guard inner(mutex_);
            if (self) wake(*self);
        });
        wait->timer->arm(until);
    });
    clock_.outside_rests();
    woken_.wait(lock, [&] { return wait->over; });
    std::erase(entry.waits, wait);
    waiting_.post([wait] { wait->timer.reset(); });
    return entry.cancel;
}

}  // namespace gantry::testing::detail
