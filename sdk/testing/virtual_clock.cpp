#include <gantry/testing/virtual_clock.h>

#include "virtual_queue.h"

namespace gantry::testing {

VirtualClock::VirtualClock() : queue_(std::make_shared<detail::VirtualQueue>()) {}
VirtualClock::~VirtualClock() = default;

TimePoint VirtualClock::now() const noexcept { return queue_->now(); }

WallTime VirtualClock::wall() const noexcept { return queue_->wall(); }

void VirtualClock::jump_wall(Duration by) noexcept { queue_->jump_wall(by); }

void VirtualClock::advance(Duration by) noexcept { queue_->set_now(now() + by); }

void VirtualClock::run_ready() { queue_->run_ready(); }

void VirtualClock::run_for(Duration duration) {
    (void)queue_->run_until([] { return false; }, now() + duration);
}

bool VirtualClock::run_until(const std::function<bool()>& done, Duration limit) {
    return queue_->run_until(done, now() + limit);
}

bool VirtualClock::is_driven_here() const noexcept { return queue_->is_driver(); }

void VirtualClock::outside_rests() { queue_->rest_outside(true); }

void VirtualClock::outside_resumes() { queue_->rest_outside(false); }

VirtualClock::OutsideWork::OutsideWork(VirtualClock& clock, Duration grace)
    : queue_(clock.queue_), grace_(grace) {
    queue_->add_outside_work(grace_);
}

VirtualClock::OutsideWork::~OutsideWork() { queue_->remove_outside_work(grace_); }

}  // namespace gantry::testing
