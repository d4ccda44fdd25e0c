#include <cs/core/output_queue.h>

#include <algorithm>

namespace gantry::cs {

void OutputQueue::push(Bytes frame) {
    if (frame.empty()) return;
    bytes_ += frame.size();
    frames_.push_back(std::move(frame));
}

std::size_t OutputQueue::pull(ByteSpan buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size() && !frames_.empty()) {
        const auto rest = ByteView(frames_.front()).subspan(front_used_);
        const auto part = rest.first(std::min(rest.size(), buffer.size() - filled));
        std::copy(part.begin(), part.end(), buffer.begin() + static_cast<std::ptrdiff_t>(filled));
        filled += part.size();
        front_used_ += part.size();
        if (part.size() < rest.size()) break;
        frames_.pop_front();
        front_used_ = 0;
    }
    bytes_ -= filled;
    return filled;
}

void OutputQueue::clear() { *this = {}; }

}  // namespace gantry::cs
