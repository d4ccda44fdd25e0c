#include "virtual_queue.h"

#include <gantry/testing/virtual_clock.h>

#include <algorithm>
#include <utility>

namespace gantry::testing::detail {

namespace {
// Not zero, so that a forgotten time point does not look like the start.
constexpr Duration kStart = std::chrono::seconds(1000);
// How long a thread outside may be silent, in real time, before a run with nothing else to do ends.
constexpr Duration kOutsidePatience = std::chrono::seconds(5);
constexpr WallTime kWallStart =
    std::chrono::sys_days(std::chrono::year(2030) / std::chrono::January / 1);
}  // namespace

VirtualQueue::VirtualQueue() : now_(kStart.count()), driver_(std::this_thread::get_id()) {}

WallTime VirtualQueue::wall() const noexcept {
    return kWallStart + (Duration(now_.load()) - kStart) + Duration(wall_jump_.load());
}

void VirtualQueue::post(const std::shared_ptr<LoopState>& loop, Task task) {
    // Declared before the lock: a task that is refused is destroyed after the lock is gone.
    Task refused;
    {
        const std::lock_guard lock(mutex_);
        if (loop->ended)
            refused = std::move(task);
        else
            posted_.push_back({loop, std::move(task), next_order_++});
    }
    posted_one_.notify_one();
}

void VirtualQueue::arm(const std::shared_ptr<TimerState>& timer, TimePoint when) {
    disarm(timer);
    if (timer->loop->ended) return;
    {
        const std::lock_guard lock(mutex_);
        timer->order = next_order_++;
    }
    timer->when = when;
    timer->armed = true;
    timers_.insert(timer);
}

void VirtualQueue::disarm(const std::shared_ptr<TimerState>& timer) noexcept {
    if (std::exchange(timer->armed, false)) timers_.erase(timer);
}

void VirtualQueue::end(LoopState& loop) {
    std::vector<Posted> dropped;
    {
        const std::lock_guard lock(mutex_);
        loop.ended = true;
        for (auto& posted : posted_)
            if (posted.loop.get() == &loop) dropped.push_back(std::move(posted));
        std::erase_if(posted_, [](const Posted& p) { return p.loop == nullptr; });
    }
    std::erase_if(timers_, [&](const std::shared_ptr<TimerState>& timer) {
        if (timer->loop.get() != &loop) return false;
        timer->armed = false;
        return true;
    });
}

bool VirtualQueue::is_current(const LoopState& loop) const noexcept {
    return is_driver() && (current_ == nullptr || current_ == &loop);
}

void VirtualQueue::call(LoopState& loop, Task& task) {
    const auto* outer = std::exchange(current_, &loop);
    loop.busy = true;
    if (auto outcome = task(); !outcome) loop.errors.push_back(outcome.error());
    loop.busy = false;
    current_ = outer;
}

VirtualQueue::Timers::const_iterator VirtualQueue::next_timer() const {
    return std::find_if(timers_.begin(), timers_.end(),
                        [](const auto& timer) { return !timer->loop->busy; });
}

bool VirtualQueue::run_timer() {
    const TimePoint time = now();
    for (const auto& due : timers_) {
        if (due->when > time) return false;
        if (due->order >= turn_end_ || due->loop->busy) continue;
        const auto timer = due;
        disarm(timer);
        // The task moves out while it runs, so that the callback may destroy its timer; it moves
        // back for the next arming.
        const auto loop = timer->loop;
        Task task = std::move(timer->task);
        call(*loop, task);
        timer->task = std::move(task);
        return true;
    }
    return false;
}

bool VirtualQueue::run_posted() {
    Posted next;
    {
        const std::lock_guard lock(mutex_);
        const auto at = std::find_if(posted_.begin(), posted_.end(),
                                     [](const Posted& p) { return !p.loop->busy; });
        if (at == posted_.end() || at->order >= turn_end_) return false;
        next = std::move(*at);
        posted_.erase(at);
    }
    call(*next.loop, next.task);
    return true;
}

bool VirtualQueue::run_one_of_turn() { return run_timer() || run_posted(); }

// One callback. A turn takes the timers that are due in their order, then the posted tasks; what
// comes meanwhile waits for the next turn, so nothing starves.
bool VirtualQueue::step() {
    driver_ = std::this_thread::get_id();
    if (run_one_of_turn()) return true;
    {
        const std::lock_guard lock(mutex_);
        turn_end_ = next_order_;
    }
    return run_one_of_turn();
}

// Runs what is due now; true when `done` was reached.
bool VirtualQueue::drain_instant(const std::function<bool()>& done) {
    for (std::size_t i = 0; i < VirtualClock::kMaxCallbacksPerInstant; ++i) {
        if (!step()) {
            spin_step_ = Duration::zero();
            return false;
        }
        if (done()) return true;
    }
    move_on_despite_spin();
    return false;
}

// The steps grow, so that a loop that spins reaches the limit of a run soon.
void VirtualQueue::move_on_despite_spin() noexcept {
    spin_step_ = std::max<Duration>(spin_step_ * 2, std::chrono::milliseconds(1));
    set_now(now() + spin_step_);
}

void VirtualQueue::run_ready() {
    (void)drain_instant([] { return false; });
    while (wait_for_outside(outside_grace())) (void)drain_instant([] { return false; });
}

bool VirtualQueue::run_until(const std::function<bool()>& done, TimePoint limit) {
    if (done()) return true;
    while (true) {
        const TimePoint before = now();
        if (drain_instant(done)) return true;
        if (now() != before && now() <= limit) continue;
        if (wait_for_outside(outside_grace())) continue;
        const auto next = next_timer();
        if (next == timers_.end() || (*next)->when > limit) {
            if (wait_for_outside(kOutsidePatience)) continue;
            break;
        }
        set_now(std::max(now(), (*next)->when));
    }
    set_now(std::max(now(), limit));
    return done();
}

// Waits in real time for a post while another thread works; true when one came.
bool VirtualQueue::wait_for_outside(Duration patience) {
    std::unique_lock lock(mutex_);
    const auto posted = [this] {
        return std::any_of(posted_.begin(), posted_.end(),
                           [](const Posted& p) { return !p.loop->busy; });
    };
    const auto settled = [&] { return posted() || outside_.size() <= resting_; };
    posted_one_.wait_for(lock, patience, settled);
    return !outside_.empty() && posted();
}

Duration VirtualQueue::outside_grace() {
    const std::lock_guard lock(mutex_);
    return outside_.empty() ? Duration::zero() : *outside_.rbegin();
}

void VirtualQueue::rest_outside(bool rests) {
    {
        const std::lock_guard lock(mutex_);
        resting_ += rests ? 1 : std::size_t(-1);
    }
    posted_one_.notify_one();
}

void VirtualQueue::add_outside_work(Duration grace) {
    const std::lock_guard lock(mutex_);
    outside_.insert(grace);
}

void VirtualQueue::remove_outside_work(Duration grace) {
    const std::lock_guard lock(mutex_);
    outside_.erase(outside_.find(grace));
}

}  // namespace gantry::testing::detail
