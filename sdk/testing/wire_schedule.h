#pragma once

#include <gantry/core/callback.h>
#include <gantry/testing/virtual_loop.h>

#include <map>
#include <memory>

namespace gantry::testing::detail {

// What will happen on the wire, in the order of time, then of scheduling.
class WireSchedule {
  public:
    explicit WireSchedule(VirtualClock& clock);
    TimePoint now() const noexcept { return loop_.now(); }
    void at(TimePoint when, Task task);
    void after(Duration delay, Task task) { at(now() + delay, std::move(task)); }
    // Nothing that is scheduled happens.
    void clear();

  private:
    void run();

    VirtualLoop loop_;
    std::multimap<TimePoint, Task> due_;
    std::unique_ptr<Timer> timer_;
};

}  // namespace gantry::testing::detail
