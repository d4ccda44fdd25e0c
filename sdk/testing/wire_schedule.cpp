#include "wire_schedule.h"

#include <algorithm>
#include <utility>

namespace gantry::testing::detail {

WireSchedule::WireSchedule(VirtualClock& clock)
    : loop_(clock, "wire"), timer_(loop_.make_timer([this] { run(); })) {}

void WireSchedule::at(TimePoint when, Task task) {
    const auto placed = due_.emplace(std::max(when, now()), std::move(task));
    if (placed == due_.begin()) timer_->arm(placed->first);
}

void WireSchedule::clear() {
    timer_->disarm();
    const auto dropped = std::exchange(due_, {});
}

// One event a callback, so that what an event causes elsewhere keeps its place among the others.
void WireSchedule::run() {
    auto event = due_.extract(due_.begin());
    if (!due_.empty()) timer_->arm(due_.begin()->first);
    (void)event.mapped()();
}

}  // namespace gantry::testing::detail
