#include "udp_trains.h"

#include <algorithm>

namespace gantry::host {

void TrainCursor::begin(std::span<const OutDatagram> batch) noexcept {
    const bool same = !batch.empty() && left_ != nullptr && batch.front().payload.data() == left_ &&
                      offset_ < batch.front().payload.size();
    if (!same) offset_ = 0;
    batch_ = batch;
    entry_ = 0;
    left_ = nullptr;
}

TrainPart TrainCursor::part(bool split) const noexcept {
    const OutDatagram& datagram = entry();
    const ByteView rest = datagram.payload.subspan(offset_);
    if (datagram.segment == 0) return {rest};
    const std::size_t segment = datagram.segment;
    if (split || rest.size() <= segment) return {rest.first(std::min(rest.size(), segment))};
    const std::size_t segments =
        std::min(kMaxSegments, std::max<std::size_t>(kMaxPayload / segment, 1));
    const std::size_t size = std::min(rest.size(), segments * segment);
    if (size <= segment) return {rest.first(size)};
    return {rest.first(size), datagram.segment};
}

void TrainCursor::advance(std::size_t bytes) noexcept {
    offset_ += bytes;
    const bool whole = entry().segment == 0 || offset_ >= entry().payload.size();
    left_ = whole ? nullptr : entry().payload.data();
    if (!whole) return;
    offset_ = 0;
    ++entry_;
}

}  // namespace gantry::host
