#include <lftp/core/sent_packets.h>

#include <cassert>

namespace gantry::lftp {

namespace {

constexpr std::size_t kFirstRing = 64;

}  // namespace

void SentPackets::grow() {
    std::vector<SentPacket> larger(ring_.empty() ? kFirstRing : 2 * ring_.size());
    for (std::uint64_t n = begin_; n < end_; ++n)
        larger[static_cast<std::size_t>(n) & (larger.size() - 1)] = ring_[slot(n)];
    ring_ = std::move(larger);
}

void SentPackets::push(const SentPacket& packet) {
    assert(!full());
    if (size() == ring_.size()) grow();
    SentPacket& place = ring_[slot(end_)];
    place = packet;
    place.number = PacketNumber(end_++);
}

SentPacket* SentPackets::find(std::uint64_t number) noexcept {
    return number >= begin_ && number < end_ ? &ring_[slot(number)] : nullptr;
}

const SentPacket* SentPackets::find(std::uint64_t number) const noexcept {
    return number >= begin_ && number < end_ ? &ring_[slot(number)] : nullptr;
}

void SentPackets::trim() noexcept {
    while (begin_ < end_ && ring_[slot(begin_)].state == SentState::done) ++begin_;
}

}  // namespace gantry::lftp
