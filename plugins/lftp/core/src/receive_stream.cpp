#include <lftp/core/limits.h>
#include <lftp/core/receive_stream.h>

namespace gantry::lftp {

TransportError ReceiveStream::check_size(std::uint64_t end, bool fin,
                                         std::uint64_t limit) const noexcept {
    if (end > limit) return TransportError::flow_control;
    const bool moves = final_size_ && (end > *final_size_ || (fin && end != *final_size_));
    if (moves || (fin && end < highest_)) return TransportError::final_size;
    return TransportError::no_error;
}

std::uint64_t ReceiveStream::raise(std::uint64_t end) noexcept {
    const std::uint64_t before = highest_;
    highest_ = std::max(highest_, end);
    return highest_ - before;
}

ReceiveStream::Outcome ReceiveStream::on_data(std::uint64_t offset, ByteView bytes, bool fin,
                                              std::uint64_t limit) {
    const std::uint64_t end = offset + bytes.size();
    Outcome out;
    out.error = check_size(end, fin, limit);
    if (out.error != TransportError::no_error || reset_code_) return out;
    const Range fresh{std::max(offset, ring_.begin()), end};
    if (!fresh.empty()) {
        const std::size_t gaps = got_.ranges().size();
        if (gaps >= limits::kMaxStreamGaps && fresh.begin > got_.back().end) {
            out.refused = true;
            return out;
        }
        ring_.write(fresh.begin, bytes.subspan(static_cast<std::size_t>(fresh.begin - offset)));
        got_.add(fresh);
    }
    out.grown = raise(end);
    if (fin) final_size_ = end;
    return out;
}

ReceiveStream::Outcome ReceiveStream::on_reset(std::uint64_t code, std::uint64_t final_size,
                                               std::uint64_t limit) {
    Outcome out;
    out.error = check_size(final_size, true, limit);
    if (out.error != TransportError::no_error || complete()) return out;
    out.grown = raise(final_size);
    final_size_ = final_size;
    reset_code_ = code;
    got_.clear();
    ring_.drop(final_size);
    return out;
}

std::uint64_t ReceiveStream::available() const noexcept {
    if (got_.empty() || got_.front().begin > ring_.begin()) return 0;
    return got_.front().end - ring_.begin();
}

std::size_t ReceiveStream::read(ByteSpan into) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), available()));
    if (count == 0) return 0;
    ring_.read(ring_.begin(), into.first(count));
    ring_.release(ring_.begin() + count);
    got_.remove({got_.front().begin, ring_.begin()});
    return count;
}

bool ReceiveStream::complete() const noexcept {
    if (!final_size_) return false;
    return reset_code_.has_value() || ring_.begin() + available() == *final_size_;
}

}  // namespace gantry::lftp
