#include "post_queue.h"

namespace gantry::host {

namespace {
// A burst's memory is given back above this many tasks.
constexpr std::size_t kKeptCapacity = 1024;
}  // namespace

bool PostQueue::push(Task task) {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;  // the parameter outlives the lock: the task dies after it
    waiting_.push_back(std::move(task));
    return waiting_.size() == 1;
}

std::vector<Task> PostQueue::take() {
    std::vector<Task> batch = std::move(spare_);
    batch.clear();
    const std::lock_guard lock(mutex_);
    batch.swap(waiting_);
    return batch;
}

void PostQueue::run(const FaultSink& faults) {
    std::vector<Task> batch = take();
    for (Task& queued : batch) {
        Task task = std::move(queued);
        faults.check(task());
    }
    if (batch.capacity() <= kKeptCapacity) spare_ = std::move(batch);
}

bool PostQueue::close() {
    const std::lock_guard lock(mutex_);
    return !std::exchange(closed_, true);
}

bool PostQueue::finished() const {
    const std::lock_guard lock(mutex_);
    return closed_ && waiting_.empty();
}

void PostQueue::clear() { take().clear(); }

}  // namespace gantry::host
