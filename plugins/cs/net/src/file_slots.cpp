#include <cs/net/file_slots.h>

namespace gantry::cs {

struct FileSlots::State : std::enable_shared_from_this<FileSlots::State> {
    explicit State(std::size_t count) : free(count) {}

    FileSlot take() {
        --free;
        const auto give_back = [self = shared_from_this()](void*) { self->give_back(); };
        return FileSlot(std::shared_ptr<void>(this, give_back));
    }
    void give_back() {
        ++free;
        if (waiting.empty()) return;
        auto next = std::move(waiting.front());
        waiting.pop_front();
        (void)next(take());
    }

    std::size_t free;
    std::deque<Callback<FileSlot>> waiting;
};

FileSlots::FileSlots(std::size_t count) : state_(std::make_shared<State>(count)) {}
FileSlots::~FileSlots() { state_->waiting.clear(); }

void FileSlots::acquire(Callback<FileSlot> granted) {
    if (state_->free == 0)
        state_->waiting.push_back(std::move(granted));
    else
        (void)granted(state_->take());
}

std::size_t FileSlots::free() const noexcept { return state_->free; }

}  // namespace gantry::cs
