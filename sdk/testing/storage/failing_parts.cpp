#include "failing_parts.h"

#include <algorithm>
#include <vector>

namespace gantry::testing {
namespace {

// The buffers' front, `most` bytes of it.
template <class Buffer>
std::vector<Buffer> front_of(std::span<const Buffer> buffers, std::uint64_t most) {
    std::vector<Buffer> front;
    for (const Buffer& buffer : buffers) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), most));
        front.push_back(buffer.first(count));
        most -= count;
    }
    return front;
}

std::uint64_t total_of(std::span<const ByteView> buffers) {
    std::uint64_t total = 0;
    for (const ByteView& buffer : buffers) total += buffer.size();
    return total;
}

Error disk_full() {
    return make_error(ErrorCode::no_space, "storage", "no space is left on the device");
}

}  // namespace

Result<std::size_t> FailingFile::read_at(std::uint64_t offset, std::span<const ByteSpan> into) {
    if (auto allowed = plan_->enter(StoreOperation::read); !allowed)
        return std::move(allowed).error();
    const std::uint64_t end = plan_->readable_end();
    const std::uint64_t most = offset < end ? end - offset : 0;
    return inner_.read_at(offset, front_of(into, most));
}

Result<void> FailingFile::write_at(std::uint64_t offset, std::span<const ByteView> from) {
    if (auto allowed = plan_->enter(StoreOperation::write); !allowed) return allowed;
    const std::uint64_t wanted = total_of(from);
    const std::uint64_t room = plan_->take_room(wanted);
    if (room == wanted) return inner_.write_at(offset, from);
    if (auto written = inner_.write_at(offset, front_of(from, room)); !written) return written;
    return disk_full();
}

Result<void> FailingFile::allocate(std::uint64_t size) {
    if (auto allowed = plan_->enter(StoreOperation::allocate); !allowed) return allowed;
    if (size > plan_->room()) return disk_full();
    return inner_.allocate(size);
}

Result<void> FailingFile::truncate(std::uint64_t size) {
    if (auto allowed = plan_->enter(StoreOperation::truncate); !allowed) return allowed;
    return inner_.truncate(size);
}

Result<void> FailingFile::sync() {
    if (auto allowed = plan_->enter(StoreOperation::sync); !allowed) return allowed;
    return inner_.sync();
}

Result<FileIdentity> FailingFile::identity() {
    if (auto allowed = plan_->enter(StoreOperation::identity); !allowed)
        return std::move(allowed).error();
    return inner_.identity();
}

Result<void> FailingFile::set_modified(WallTime modified) {
    if (auto allowed = plan_->enter(StoreOperation::set_modified); !allowed) return allowed;
    return inner_.set_modified(modified);
}

Result<std::vector<FolderChange>> FailingFolderWatch::take(std::size_t most) {
    if (auto allowed = plan_->enter(StoreOperation::take); !allowed)
        return std::move(allowed).error();
    return inner_->take(most);
}

Result<std::optional<FolderEntry>> FailingListing::next() {
    if (auto allowed = plan_->enter(StoreOperation::next); !allowed)
        return std::move(allowed).error();
    return inner_->next();
}

Result<void> FailingReplacement::commit(Overwrite overwrite, Durability durability) {
    if (auto allowed = plan_->enter(StoreOperation::commit); !allowed) return allowed;
    return inner_->commit(overwrite, durability);
}

}  // namespace gantry::testing
