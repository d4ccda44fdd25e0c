#include "memory_file.h"

#include <algorithm>
#include <limits>

namespace gantry::testing::memory {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();

std::uint64_t total_of(std::span<const ByteView> buffers) {
    std::uint64_t total = 0;
    for (const ByteView& buffer : buffers) total += buffer.size();
    return total;
}

}  // namespace

Result<void> MemoryFile::check_writable(std::uint64_t offset, std::uint64_t count) const {
    if (!writable_)
        return make_error(ErrorCode::denied, "storage", "the file is open for reading only");
    if (offset > kLargest || count > kLargest - offset)
        return make_error(ErrorCode::no_space, "storage", "file too large");
    return {};
}

Result<std::size_t> MemoryFile::read_at(std::uint64_t offset, std::span<const ByteSpan> into) {
    const std::lock_guard lock(tree_->mutex);
    std::size_t total = 0;
    if (offset > node_->content.size()) return total;
    ByteView rest = ByteView(node_->content).subspan(static_cast<std::size_t>(offset));
    for (const ByteSpan& buffer : into) {
        const std::size_t count = std::min(buffer.size(), rest.size());
        std::copy_n(rest.begin(), count, buffer.begin());
        rest = rest.subspan(count);
        total += count;
    }
    return total;
}

// As a disk does, writes the part that has room before it says no_space.
Result<void> MemoryFile::write_at(std::uint64_t offset, std::span<const ByteView> from) {
    const std::uint64_t count = total_of(from);
    if (auto fits = check_writable(offset, count); !fits) return fits;
    if (count == 0) return {};
    const std::lock_guard lock(tree_->mutex);
    const std::uint64_t size = node_->content.size();
    const std::uint64_t most = size + (tree_->space->capacity - tree_->space->used);
    const std::uint64_t end = std::min(offset + count, std::max(most, size));
    auto grown = tree_->resize(*node_, std::max(size, end));
    if (!grown) return grown;
    std::uint64_t at = offset;
    for (const ByteView& buffer : from) {
        if (at >= end) break;
        const auto part = std::min<std::uint64_t>(buffer.size(), end - at);
        std::copy_n(buffer.begin(), static_cast<std::size_t>(part),
                    node_->content.begin() + static_cast<std::ptrdiff_t>(at));
        at += part;
    }
    if (end == offset + count) return {};
    return make_error(ErrorCode::no_space, "storage", "no space is left on the device");
}

Result<void> MemoryFile::allocate(std::uint64_t size) {
    if (auto fits = check_writable(0, size); !fits) return fits;
    const std::lock_guard lock(tree_->mutex);
    if (size <= node_->content.size()) return {};
    return tree_->resize(*node_, size);
}

Result<void> MemoryFile::truncate(std::uint64_t size) {
    if (auto fits = check_writable(0, size); !fits) return fits;
    const std::lock_guard lock(tree_->mutex);
    return tree_->resize(*node_, size);
}

Result<FileIdentity> MemoryFile::identity() {
    const std::lock_guard lock(tree_->mutex);
    return node_->status().identity;
}

Result<void> MemoryFile::set_modified(WallTime modified) {
    if (auto fits = check_writable(0, 0); !fits) return fits;
    const std::lock_guard lock(tree_->mutex);
    tree_->touch_name(*node_);
    node_->modified = modified;
    return {};
}

}  // namespace gantry::testing::memory
