#include <cs/net/block_queue.h>

#include <utility>

namespace gantry::cs {

void BlockQueue::push(Bytes block) {
    end_ += block.size();
    blocks_.push_back(std::move(block));
}

void BlockQueue::sent_until(std::uint64_t sent) {
    while (!blocks_.empty() && begin_ + blocks_.front().size() <= sent) {
        begin_ += blocks_.front().size();
        spares_.push_back(std::move(blocks_.front()));
        blocks_.pop_front();
    }
}

ByteView BlockQueue::at(std::uint64_t offset) const noexcept {
    auto begin = begin_;
    if (offset < begin) return {};
    for (const auto& block : blocks_) {
        if (offset < begin + block.size())
            return ByteView(block).subspan(static_cast<std::size_t>(offset - begin));
        begin += block.size();
    }
    return {};
}

Bytes BlockQueue::take_spare() {
    if (spares_.empty()) return {};
    auto block = std::move(spares_.back());
    spares_.pop_back();
    return block;
}

}  // namespace gantry::cs
