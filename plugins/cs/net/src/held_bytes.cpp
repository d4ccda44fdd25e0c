#include <cs/net/held_bytes.h>

#include <mutex>
#include <utility>

namespace gantry::cs {

struct HeldBytes::State : std::enable_shared_from_this<HeldBytes::State> {
    State(EventLoop& l, Callback<const Counts&> r) : loop(l), released(std::move(r)) {}

    void add(RequestId id, std::size_t bytes) {
        const std::lock_guard lock(mutex);
        if (closed) return;
        const bool told = !dropped.empty();
        dropped[id] += bytes;
        if (told) return;
        loop.post([weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->tell();
        });
    }
    void tell() {
        std::unique_lock lock(mutex);
        if (closed) return;
        const auto counts = std::exchange(dropped, {});
        lock.unlock();
        (void)released(counts);
    }
    void close() {
        const std::lock_guard lock(mutex);
        closed = true;
    }

    EventLoop& loop;
    std::mutex mutex;
    Counts dropped;  // and not told yet
    bool closed = false;
    Callback<const Counts&> released;
};

HeldBytes::HeldBytes(EventLoop& loop, Callback<const Counts&> released)
    : state_(std::make_shared<State>(loop, std::move(released))) {}

HeldBytes::~HeldBytes() {
    state_->close();
    state_->released.reset();
}

ReceiveBuffer HeldBytes::hold(const ReceiveBuffer& buffer, RequestId id, std::size_t bytes) {
    return ReceiveBuffer(buffer.get(), [block = buffer, id, bytes, state = state_](auto*) mutable {
        block.reset();  // first: the block is free when the bytes are told
        state->add(id, bytes);
    });
}

}  // namespace gantry::cs
