#pragma once

#include <gantry/core/clock.h>
#include <gantry/net/event_loop.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace gantry::testing::detail {

struct LoopState {
    std::string name;
    std::atomic<bool> ended{false};
    bool busy = false;  // a callback of this loop is on the stack
    std::size_t timers = 0;
    std::vector<Error> errors;
};

struct TimerState {
    std::shared_ptr<LoopState> loop;
    Task task;
    TimePoint when{};
    std::uint64_t order = 0;
    bool armed = false;
};

// The one queue behind a VirtualClock. Posted tasks come from any thread; the rest belongs to the
// thread that drives.
class VirtualQueue {
  public:
    VirtualQueue();

    TimePoint now() const noexcept { return TimePoint(Duration(now_.load())); }
    void set_now(TimePoint to) noexcept { now_.store(to.time_since_epoch().count()); }
    WallTime wall() const noexcept;
    void jump_wall(Duration by) noexcept { wall_jump_ += by.count(); }

    void post(const std::shared_ptr<LoopState>& loop, Task task);
    void arm(const std::shared_ptr<TimerState>& timer, TimePoint when);
    void disarm(const std::shared_ptr<TimerState>& timer) noexcept;
    void end(LoopState& loop);
    bool is_driver() const noexcept { return driver_.load() == std::this_thread::get_id(); }
    bool is_current(const LoopState& loop) const noexcept;

    void run_ready();
    bool run_until(const std::function<bool()>& done, TimePoint limit);

    void add_outside_work(Duration grace);
    void remove_outside_work(Duration grace);
    void rest_outside(bool rests);

  private:
    struct Posted {
        std::shared_ptr<LoopState> loop;
        Task task;
        std::uint64_t order = 0;
    };
    struct Earlier {
        bool operator()(const std::shared_ptr<TimerState>& a,
                        const std::shared_ptr<TimerState>& b) const noexcept {
            return a->when != b->when ? a->when < b->when : a->order < b->order;
        }
    };
    using Timers = std::set<std::shared_ptr<TimerState>, Earlier>;

    bool step();
    bool run_one_of_turn();
    bool run_timer();
    bool run_posted();
    void call(LoopState& loop, Task& task);
    bool drain_instant(const std::function<bool()>& done);
    void move_on_despite_spin() noexcept;
    bool wait_for_outside(Duration patience);
    Duration outside_grace();
    Timers::const_iterator next_timer() const;

    std::atomic<Duration::rep> now_;
    std::atomic<Duration::rep> wall_jump_{0};
    std::atomic<std::thread::id> driver_;
    const LoopState* current_ = nullptr;
    Timers timers_;
    std::uint64_t turn_end_ = 0;
    Duration spin_step_{0};

    std::mutex mutex_;
    std::condition_variable posted_one_;
    std::deque<Posted> posted_;
    std::uint64_t next_order_ = 0;
    std::multiset<Duration> outside_;
    std::size_t resting_ = 0;  // threads outside that wait for this queue
};

}  // namespace gantry::testing::detail
