#include "byte_queue.h"

#include <algorithm>

namespace gantry::testing::detail {

void ByteQueue::push(ByteView bytes) { push(std::vector<std::byte>(bytes.begin(), bytes.end())); }

void ByteQueue::push(std::vector<std::byte> bytes) {
    if (bytes.empty()) return;
    size_ += bytes.size();
    chunks_.push_back(std::move(bytes));
}

std::size_t ByteQueue::pop(ByteSpan into) {
    std::size_t taken = 0;
    while (taken < into.size() && size_ > 0) {
        auto& front = chunks_.front();
        const std::size_t count = std::min(front.size() - head_, into.size() - taken);
        std::copy_n(front.data() + head_, count, into.data() + taken);
        taken += count;
        head_ += count;
        size_ -= count;
        if (head_ == front.size()) {
            chunks_.pop_front();
            head_ = 0;
        }
    }
    return taken;
}

std::vector<std::byte> ByteQueue::pop(std::size_t count) {
    std::vector<std::byte> bytes(std::min(count, size_));
    (void)pop(ByteSpan(bytes));
    return bytes;
}

void ByteQueue::clear() { *this = {}; }

}  // namespace gantry::testing::detail
