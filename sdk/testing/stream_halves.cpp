#include "stream_halves.h"

#include <algorithm>

namespace gantry::testing::detail {

namespace {
constexpr std::size_t kSmallWindow = 4096;
}

std::size_t SendHalf::room() const noexcept {
    const std::size_t held = unsent_.size() + static_cast<std::size_t>(sent_ - acknowledged_);
    return held < limit_ ? limit_ - held : 0;
}

bool SendHalf::is_roomy() const noexcept { return room() > 0 && room() >= limit_ / 4; }

std::size_t SendHalf::accept(std::span<const ByteView> buffers, std::size_t most) {
    const std::size_t room_now = std::min(room(), most);
    std::size_t taken = 0;
    for (const auto buffer : buffers) {
        const std::size_t count = std::min(buffer.size(), room_now - taken);
        unsent_.push(buffer.first(count));
        taken += count;
        if (taken == room_now) break;
    }
    return taken;
}

std::optional<Segment> SendHalf::next(std::size_t longest) {
    const std::uint64_t open = window_end_ > sent_ ? window_end_ - sent_ : 0;
    const auto count = static_cast<std::size_t>(
        std::min<std::uint64_t>({open, longest, std::uint64_t{unsent_.size()}}));
    // Segments would else become smaller and smaller (RFC 1122, section 4.2.3.4).
    const bool small = open < std::min(kSmallWindow, unsent_.size());
    if (small && sent_ > acknowledged_) return std::nullopt;
    const bool end = finishing_ && !end_sent_ && count == unsent_.size();
    if (count == 0 && !end) return std::nullopt;
    Segment segment{sent_, unsent_.pop(count), end};
    sent_ += count;
    end_sent_ = end_sent_ || end;
    return segment;
}

bool SendHalf::acknowledge(const Acknowledgement& ack) {
    const bool news = ack.received > acknowledged_ || ack.window_end > window_end_ || ack.end;
    acknowledged_ = std::max(acknowledged_, ack.received);
    window_end_ = std::max(window_end_, ack.window_end);
    end_acknowledged_ = end_acknowledged_ || ack.end;
    return news;
}

bool SendHalf::is_missing(const Segment& segment) const noexcept {
    if (segment.offset + segment.bytes.size() > acknowledged_) return true;
    return segment.end && !end_acknowledged_;
}

void ReceiveHalf::receive(Segment segment) {
    const std::uint64_t offset = segment.offset;
    if (offset < received_ || ended_) return;
    early_.insert_or_assign(offset, std::move(segment));
    for (auto next = early_.begin(); next != early_.end() && next->first == received_;
         next = early_.erase(next)) {
        received_ += next->second.bytes.size();
        ended_ = next->second.end;
        ready_.push(std::move(next->second.bytes));
    }
}

Acknowledgement ReceiveHalf::acknowledgement() const noexcept {
    return {received_, received_ - ready_.size() + window_, ended_};
}

}  // namespace gantry::testing::detail
