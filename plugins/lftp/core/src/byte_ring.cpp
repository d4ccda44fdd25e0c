#include <lftp/core/byte_ring.h>

namespace gantry::lftp {

namespace {

constexpr std::size_t kFirstBytes = 16 * 1024;

}  // namespace

void ByteRing::grow(std::uint64_t end) {
    std::size_t size = std::max(ring_.size(), kFirstBytes);
    while (size < end - begin_) size *= 2;
    if (size == ring_.size()) return;
    ByteRing larger(begin_);
    larger.ring_.resize(size);
    std::uint64_t from = begin_;
    for (std::size_t left = ring_.size(); left > 0;) {
        const ByteView part = piece(from, left);
        larger.place(from, part);
        from += part.size();
        left -= part.size();
    }
    ring_ = std::move(larger.ring_);
}

void ByteRing::place(std::uint64_t offset, ByteView bytes) noexcept {
    const std::size_t at = slot(offset);
    const std::size_t first = std::min(bytes.size(), ring_.size() - at);
    std::copy_n(bytes.begin(), first, ring_.begin() + static_cast<std::ptrdiff_t>(at));
    std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(first), bytes.end(), ring_.begin());
}

void ByteRing::write(std::uint64_t offset, ByteView bytes) {
    if (bytes.empty()) return;
    grow(offset + bytes.size());
    place(offset, bytes);
}

ByteView ByteRing::piece(std::uint64_t offset, std::size_t count) const noexcept {
    if (ring_.empty()) return {};
    const std::size_t at = slot(offset);
    return ByteView(ring_).subspan(at, std::min(count, ring_.size() - at));
}

void ByteRing::read(std::uint64_t offset, ByteSpan into) const noexcept {
    const ByteView first = piece(offset, into.size());
    std::copy(first.begin(), first.end(), into.begin());
    const ByteSpan rest = into.subspan(first.size());
    if (rest.empty()) return;
    const ByteView second = piece(offset + first.size(), rest.size());
    std::copy(second.begin(), second.end(), rest.begin());
}

void ByteRing::drop(std::uint64_t begin) noexcept {
    ring_ = {};
    begin_ = begin;
}

}  // namespace gantry::lftp
