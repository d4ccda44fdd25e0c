#include "memory_listing.h"

#include <gantry/storage/part_name.h>

#include <utility>

namespace gantry::testing::memory {

MemoryListing::MemoryListing(std::shared_ptr<Tree> tree, NodePtr folder, std::string path,
                             bool recursive)
    : tree_(std::move(tree)), path_(std::move(path)), recursive_(recursive) {
    levels_.push_back({std::move(folder), {}, {}});
}

std::string MemoryListing::whole(const std::string& from_here) const {
    return path_.empty() ? from_here : path_ + '/' + from_here;
}

Result<void> MemoryListing::enter_pending() {
    const NodePtr folder = std::exchange(pending_, nullptr);
    const Level& above = levels_.back();
    const std::string name = above.prefix + above.last;
    if (levels_.size() >= FileStore::kMaxDepth)
        return tree_error(ErrorCode::limit, "the folders are nested too deep", whole(name));
    if (!folder->readable) return tree_error(ErrorCode::denied, "permission denied", whole(name));
    levels_.push_back({folder, name + '/', {}});
    return {};
}

Result<std::optional<FolderEntry>> MemoryListing::next() {
    const std::lock_guard lock(tree_->mutex);
    if (pending_)
        if (auto entered = enter_pending(); !entered) return std::move(entered).error();
    while (!levels_.empty()) {
        Level& level = levels_.back();
        const auto found = level.folder->entries.upper_bound(level.last);
        if (found == level.folder->entries.end()) {
            levels_.pop_back();
            continue;
        }
        level.last = found->first;
        if (is_part_name(level.last)) continue;
        std::string name = level.prefix + level.last;
        if (name.size() > FileStore::kMaxPath)
            return tree_error(ErrorCode::limit, "the path is longer than 4095 bytes", level.last);
        if (recursive_ && found->second->type == FileType::folder) pending_ = found->second;
        return std::optional(FolderEntry{std::move(name), found->second->status()});
    }
    return std::optional<FolderEntry>();
}

}  // namespace gantry::testing::memory
