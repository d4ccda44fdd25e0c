#include <cs/net/receive_buffers.h>

#include <mutex>
#include <utility>

namespace gantry::cs {

struct ReceiveBuffers::State : std::enable_shared_from_this<ReceiveBuffers::State> {
    using Block = std::unique_ptr<std::vector<std::byte>>;

    State(EventLoop& l, std::size_t c, std::size_t s, Task a)
        : loop(l), left(c), size(s), available(std::move(a)) {}

    Block take() {
        const std::lock_guard lock(mutex);
        if (!free.empty()) {
            auto block = std::move(free.back());
            free.pop_back();
            return block;
        }
        starved = left == 0;
        if (starved) return nullptr;
        --left;
        return std::make_unique<std::vector<std::byte>>(size);
    }
    void give_back(Block block) {
        const std::lock_guard lock(mutex);
        free.push_back(std::move(block));
        if (!std::exchange(starved, false)) return;
        loop.post([weak = weak_from_this()] {
            if (const auto self = weak.lock()) (void)self->available();
        });
    }

    EventLoop& loop;
    std::mutex mutex;
    std::size_t left;  // not made yet
    std::size_t size;
    std::vector<Block> free;
    bool starved = false;
    Task available;
};

ReceiveBuffers::ReceiveBuffers(EventLoop& loop, std::size_t count, std::size_t size, Task available)
    : state_(std::make_shared<State>(loop, count, size, std::move(available))) {}

ReceiveBuffers::~ReceiveBuffers() { state_->available.reset(); }

ReceiveBuffer ReceiveBuffers::take() {
    auto block = state_->take();
    if (!block) return nullptr;
    auto* raw = block.release();
    return ReceiveBuffer(raw, [state = state_](std::vector<std::byte>* p) {
        state->give_back(std::unique_ptr<std::vector<std::byte>>(p));
    });
}

}  // namespace gantry::cs
