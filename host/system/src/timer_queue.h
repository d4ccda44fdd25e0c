#pragma once

#include <gantry/net/event_loop.h>

#include <atomic>
#include <boost/intrusive/set.hpp>
#include <functional>
#include <optional>

#include "fault_sink.h"

namespace gantry::host {

class TimerQueue;

class QueuedTimer final : public Timer,
                          public boost::intrusive::set_base_hook<
                              boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
  public:
    QueuedTimer(TimerQueue& queue, Task task);
    ~QueuedTimer() override;
    void arm(TimePoint when) override;
    void disarm() noexcept override { unlink(); }
    bool armed() const noexcept override { return is_linked(); }

    bool operator<(const QueuedTimer& other) const noexcept {
        return when_ != other.when_ ? when_ < other.when_ : order_ < other.order_;
    }

  private:
    friend class TimerQueue;
    TimerQueue& queue_;
    Task task_;
    TimePoint when_{};
    std::uint64_t order_ = 0;
};

// Timers by deadline, then by the order they were armed in. Arming allocates nothing. It reads no
// clock: the loop that owns it says what time it is.
class TimerQueue {
  public:
    // `earlier` is called when the first deadline has become an earlier one.
    explicit TimerQueue(std::function<void(TimePoint)> earlier) : earlier_(std::move(earlier)) {}
    std::unique_ptr<Timer> make(Task task) {
        return std::make_unique<QueuedTimer>(*this, std::move(task));
    }
    // Fires all that are due at `now`. One that is armed meanwhile waits for the next call, so a
    // timer that is always due starves nobody.
    void fire(TimePoint now, const FaultSink& faults);
    std::optional<TimePoint> next() const;
    std::size_t alive() const noexcept { return alive_.load(std::memory_order_relaxed); }

  private:
    friend class QueuedTimer;
    using Ordered = boost::intrusive::set<QueuedTimer, boost::intrusive::constant_time_size<false>>;
    void insert(QueuedTimer& timer);
    void call(QueuedTimer& timer, const FaultSink& faults);

    std::function<void(TimePoint)> earlier_;
    Ordered waiting_;
    Ordered due_;  // taken out of waiting_ to be fired in this turn
    QueuedTimer* calling_ = nullptr;
    std::uint64_t armed_so_far_ = 0;
    std::atomic<std::size_t> alive_{0};
};

}  // namespace gantry::host
