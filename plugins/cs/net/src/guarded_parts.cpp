#include "guarded_parts.h"

#include <algorithm>

namespace gantry::cs {

bool ListRight::shows(std::string_view name) {
    const auto slash = name.rfind('/');
    const auto folder =
        slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
    if (!folder_ || *folder_ != folder) {
        folder_ = folder;
        const auto path = join_path(root_, folder);
        listed_ = rules_->check(identity_, AccessRight::list, path).ok();
    }
    return listed_;
}

Result<std::optional<FolderEntry>> GuardedListing::next() {
    for (;;) {
        auto entry = inner_->next();
        if (!entry || !*entry || right_.shows((*entry)->name)) return entry;
    }
}

Result<std::vector<FolderChange>> GuardedWatch::take(std::size_t most) {
    auto changes = inner_->take(most);
    if (!changes) return changes;
    std::erase_if(*changes, [&](const FolderChange& change) {
        return change.kind != ChangeKind::overflow && !right_.shows(change.name);
    });
    return changes;
}

Result<void> GuardedReplacement::make_room(std::uint64_t size) {
    if (size <= room_) return {};
    promise_ = {};  // what it had counts no more
    auto promise = make_room_(size);
    if (!promise) return std::move(promise).error();
    promise_ = std::move(*promise);
    room_ = size;
    return {};
}

Result<void> GuardedReplacement::write_at(std::uint64_t offset, std::span<const ByteView> from) {
    auto end = offset;
    for (const auto& part : from) end += part.size();
    if (auto room = make_room(end); !room) return room;
    return inner_->file().write_at(offset, from);
}

Result<void> GuardedReplacement::allocate(std::uint64_t size) {
    if (auto room = make_room(size); !room) return room;
    return inner_->file().allocate(size);
}

Result<void> GuardedReplacement::truncate(std::uint64_t size) {
    if (auto room = make_room(size); !room) return room;
    return inner_->file().truncate(size);
}

Result<void> GuardedReplacement::commit(Overwrite overwrite, Durability durability) {
    // The right may have been taken back meanwhile.
    if (auto still = make_room_(0); !still) return std::move(still).error();
    auto done = inner_->commit(overwrite, durability);
    if (done) promise_.keep();
    return done;
}

}  // namespace gantry::cs
