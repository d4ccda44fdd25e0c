#include "memory_watch.h"

#include <gantry/storage/part_name.h>

namespace gantry::testing::memory {

MemoryWatch::MemoryWatch(std::shared_ptr<Tree> tree, NodePtr root, std::string path, bool recursive)
    : tree_(std::move(tree)),
      root_(std::move(root)),
      path_(std::move(path)),
      folder_(Tree::find(root_, path_, true).value()),
      recursive_(recursive),
      seen_(look()),
      overflows_(tree_->overflows()),
      number_(tree_->add_watcher([this] { changed(); })) {}

MemoryWatch::~MemoryWatch() {
    const std::lock_guard lock(tree_->mutex);
    tree_->remove_watcher(number_);
}

MemoryWatch::Seen MemoryWatch::look() const {
    Seen seen;
    collect(*folder_, {}, seen);
    return seen;
}

void MemoryWatch::collect(const Node& folder, const std::string& prefix, Seen& seen) const {
    for (const auto& [name, node] : folder.entries) {
        if (is_part_name(name)) continue;
        seen.emplace(prefix + name, node->status());
        if (recursive_) collect(*node, prefix + name + '/', seen);
    }
}

// The tree is locked. The task is dropped with the watch, also when it was posted already.
void MemoryWatch::changed() {
    news_ = true;
    if (!std::exchange(armed_, false)) return;
    loop_->post([ready = std::weak_ptr(ready_)] {
        if (const auto task = ready.lock()) (void)(*task)();
    });
}

Result<void> MemoryWatch::wait(EventLoop& loop, Task ready) {
    const std::lock_guard lock(tree_->mutex);
    loop_ = &loop;
    ready_ = std::make_shared<Task>(std::move(ready));
    armed_ = true;
    if (news_) changed();
    return {};
}

Result<std::vector<FolderChange>> MemoryWatch::take(std::size_t most) {
    const std::lock_guard lock(tree_->mutex);
    const auto there = Tree::find(root_, path_, true);
    if (!there || *there != folder_)
        return tree_error(ErrorCode::not_found, "the watched folder has gone", path_);
    const auto now = look();
    std::vector<FolderChange> changes;
    if (std::exchange(overflows_, tree_->overflows()) != tree_->overflows()) {
        seen_ = now;
        changes.push_back({ChangeKind::overflow, {}, {}});
    }
    for (auto old = seen_.begin(); old != seen_.end() && changes.size() < most;) {
        const bool gone = !now.contains(old->first);
        if (gone) changes.push_back({ChangeKind::removed, old->first, {}});
        old = gone ? seen_.erase(old) : std::next(old);
    }
    for (auto entry = now.begin(); entry != now.end() && changes.size() < most; ++entry) {
        const auto old = seen_.find(entry->first);
        const auto& status = entry->second;
        if (old == seen_.end() || old->second.identity.inode != status.identity.inode)
            changes.push_back({ChangeKind::created, entry->first, status});
        else if (status.type == FileType::regular && old->second.identity != status.identity)
            changes.push_back({ChangeKind::changed, entry->first, status});
        seen_[entry->first] = status;
    }
    news_ = changes.size() == most;
    return changes;
}

}  // namespace gantry::testing::memory
