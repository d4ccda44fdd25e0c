#include "memory_replacement.h"

#include <gantry/storage/part_name.h>

#include <algorithm>

namespace gantry::testing::memory {
namespace {

// Names that never repeat need no chance here: each node has a number of its own.
class NumberedNames final : public Random {
  public:
    explicit NumberedNames(std::uint64_t number) : rest_(number) {}
    void fill(ByteSpan out) noexcept override {
        for (auto& byte : out) {
            byte = static_cast<std::byte>(rest_ % 36);
            rest_ /= 36;
        }
    }

  private:
    std::uint64_t rest_;
};

bool holds(const Node& folder, const Node* wanted) {
    if (&folder == wanted) return true;
    return std::ranges::any_of(folder.entries, [&](const auto& entry) {
        return entry.second->type == FileType::folder && holds(*entry.second, wanted);
    });
}

// Whether `moved` may take the name that `there` has.
Result<void> check_replace(const Node& moved, const Node& there, const std::string& path) {
    const bool folder = moved.type == FileType::folder;
    if (folder != (there.type == FileType::folder))
        return tree_error(ErrorCode::exists, "it exists and is of another kind", path);
    if (!there.entries.empty())
        return tree_error(ErrorCode::exists, "the folder is not empty", path);
    return {};
}

}  // namespace

Result<void> move_entry(Tree& tree, const Place& from, const Place& to, Overwrite overwrite) {
    const auto source = from.folder->entries.find(from.name);
    if (source == from.folder->entries.end())
        return tree_error(ErrorCode::not_found, "it does not exist", from.path);
    const NodePtr moved = source->second;
    const auto target = to.folder->entries.find(to.name);
    if (target != to.folder->entries.end()) {
        if (overwrite == Overwrite::no)
            return tree_error(ErrorCode::exists, "it exists already", to.path);
        if (target->second == moved) return {};
    }
    if (moved->type == FileType::folder && holds(*moved, to.folder.get()))
        return tree_error(ErrorCode::usage, "a folder cannot move into itself", to.path);
    if (target != to.folder->entries.end())
        if (auto fits = check_replace(*moved, *target->second, to.path); !fits) return fits;
    from.folder->entries.erase(source);
    to.folder->entries[to.name] = moved;
    tree.touch_name(*moved);
    tree.touch_content(*from.folder);
    tree.touch_content(*to.folder);
    return {};
}

std::unique_ptr<Replacement> MemoryReplacement::start(std::shared_ptr<Tree> tree, Place target) {
    NodePtr node = tree->make(FileType::regular);
    NumberedNames names(node->inode);
    Place part{target.folder, make_part_name(target.name, names), target.path};
    part.folder->entries[part.name] = node;
    tree->touch_content(*part.folder);
    return std::make_unique<MemoryReplacement>(std::move(tree), std::move(target), std::move(part),
                                               std::move(node));
}

MemoryReplacement::MemoryReplacement(std::shared_ptr<Tree> tree, Place target, Place part,
                                     NodePtr node)
    : tree_(tree),
      target_(std::move(target)),
      part_(std::move(part)),
      node_(node),
      file_(std::move(tree), std::move(node), true) {}

MemoryReplacement::~MemoryReplacement() {
    const std::lock_guard lock(tree_->mutex);
    if (committed_) return;
    const auto found = part_.folder->entries.find(part_.name);
    if (found != part_.folder->entries.end() && found->second == node_)
        part_.folder->entries.erase(found);
}

Result<void> MemoryReplacement::commit(Overwrite overwrite, Durability) {
    if (committed_) return tree_error(ErrorCode::closed, "it was committed before", target_.path);
    const std::lock_guard lock(tree_->mutex);
    auto moved = move_entry(*tree_, part_, target_, overwrite);
    committed_ = moved.ok();
    return moved;
}

}  // namespace gantry::testing::memory
