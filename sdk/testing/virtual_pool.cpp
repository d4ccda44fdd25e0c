#include <gantry/testing/virtual_pool.h>

#include <atomic>
#include <utility>

namespace gantry::testing {

struct VirtualPool::State {
    State(VirtualClock& clock, std::size_t most) : loop(clock, "pool"), queue(most) {}
    VirtualLoop loop;
    std::size_t queue;
    std::atomic<std::size_t> pending{0};
    std::atomic<bool> closed{false};
    std::vector<Error> errors;
};

VirtualPool::VirtualPool(VirtualClock& clock, std::size_t queue)
    : state_(std::make_shared<State>(clock, queue)) {}

VirtualPool::~VirtualPool() = default;

Result<void> VirtualPool::submit(Task work, EventLoop& loop, Task done) {
    if (state_->closed) return make_error(ErrorCode::closed, "testing", "the plugin is stopping");
    if (state_->pending.fetch_add(1) >= state_->queue) {
        --state_->pending;
        return make_error(ErrorCode::busy, "testing", "the queue of the pool is full");
    }
    State* state = state_.get();  // its loop goes with it, and takes what is queued along
    state_->loop.post([state, &loop, work = std::move(work), done = std::move(done)]() mutable {
        if (auto outcome = work(); !outcome) state->errors.push_back(outcome.error());
        work.reset();
        --state->pending;
        loop.post(std::move(done));
    });
    return {};
}

std::size_t VirtualPool::pending() const noexcept { return state_->pending; }

void VirtualPool::close() noexcept { state_->closed = true; }

const std::vector<Error>& VirtualPool::errors() const noexcept { return state_->errors; }

}  // namespace gantry::testing
