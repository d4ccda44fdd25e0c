#include "timer_queue.h"

namespace gantry::host {

QueuedTimer::QueuedTimer(TimerQueue& queue, Task task) : queue_(queue), task_(std::move(task)) {
    queue_.alive_.fetch_add(1, std::memory_order_relaxed);
}

QueuedTimer::~QueuedTimer() {
    if (queue_.calling_ == this) queue_.calling_ = nullptr;
    queue_.alive_.fetch_sub(1, std::memory_order_relaxed);
}

void QueuedTimer::arm(TimePoint when) {
    unlink();
    when_ = when;
    queue_.insert(*this);
}

void TimerQueue::insert(QueuedTimer& timer) {
    timer.order_ = ++armed_so_far_;
    const auto [place, inserted] = waiting_.insert(timer);
    if (inserted && place == waiting_.begin()) earlier_(timer.when_);
}

std::optional<TimePoint> TimerQueue::next() const {
    if (waiting_.empty()) return std::nullopt;
    return waiting_.begin()->when_;
}

void TimerQueue::fire(TimePoint now, const FaultSink& faults) {
    while (!waiting_.empty() && waiting_.begin()->when_ <= now) {
        QueuedTimer& timer = *waiting_.begin();
        timer.unlink();
        due_.insert(due_.end(), timer);
    }
    while (!due_.empty()) {
        QueuedTimer& timer = *due_.begin();
        timer.unlink();
        call(timer, faults);
    }
}

// The task is moved out for the call, as it may destroy the timer that holds it.
void TimerQueue::call(QueuedTimer& timer, const FaultSink& faults) {
    Task task = std::move(timer.task_);
    calling_ = &timer;
    faults.check(task());
    if (calling_ == &timer) timer.task_ = std::move(task);
    calling_ = nullptr;
}

}  // namespace gantry::host
