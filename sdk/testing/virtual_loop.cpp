#include <gantry/testing/virtual_loop.h>

#include "virtual_queue.h"

namespace gantry::testing {

namespace {

class VirtualTimer final : public Timer {
  public:
    VirtualTimer(std::shared_ptr<detail::VirtualQueue> queue,
                 std::shared_ptr<detail::LoopState> loop, Task task)
        : queue_(std::move(queue)), state_(std::make_shared<detail::TimerState>()) {
        state_->loop = std::move(loop);
        state_->task = std::move(task);
        ++state_->loop->timers;
    }
    ~VirtualTimer() override {
        queue_->disarm(state_);
        --state_->loop->timers;
    }
    void arm(TimePoint when) override { queue_->arm(state_, when); }
    void disarm() noexcept override { queue_->disarm(state_); }
    bool armed() const noexcept override { return state_->armed; }

  private:
    std::shared_ptr<detail::VirtualQueue> queue_;
    std::shared_ptr<detail::TimerState> state_;
};

}  // namespace

VirtualLoop::VirtualLoop(VirtualClock& clock, std::string name)
    : clock_(clock), queue_(clock.queue_), state_(std::make_shared<detail::LoopState>()) {
    state_->name = std::move(name);
}

VirtualLoop::~VirtualLoop() { end(); }

TimePoint VirtualLoop::now() const noexcept { return queue_->now(); }

bool VirtualLoop::on_loop_thread() const noexcept { return queue_->is_current(*state_); }

void VirtualLoop::post(Task task) { queue_->post(state_, std::move(task)); }

std::unique_ptr<Timer> VirtualLoop::make_timer(Task task) {
    return std::make_unique<VirtualTimer>(queue_, state_, std::move(task));
}

Result<std::unique_ptr<Watch>> VirtualLoop::watch(int, Interest, Callback<Readiness>) {
    return make_error(ErrorCode::unsupported, "testing",
                      "a loop on virtual time watches no descriptors");
}

void VirtualLoop::end() { queue_->end(*state_); }

bool VirtualLoop::ended() const noexcept { return state_->ended; }

std::size_t VirtualLoop::live_timers() const noexcept { return state_->timers; }

const std::vector<Error>& VirtualLoop::errors() const noexcept { return state_->errors; }

}  // namespace gantry::testing
