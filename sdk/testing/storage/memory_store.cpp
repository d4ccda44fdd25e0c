#include <gantry/testing/memory_store.h>

#include "memory_file.h"
#include "memory_listing.h"
#include "memory_replacement.h"
#include "memory_tree.h"
#include "memory_watch.h"

namespace gantry::testing {

using memory::NodePtr;
using memory::Tree;
using memory::tree_error;

MemoryStore::MemoryStore(std::uint64_t capacity) : tree_(std::make_shared<Tree>(capacity)) {
    root_ = tree_->root;
}

MemoryStore::MemoryStore(std::shared_ptr<Tree> tree, NodePtr root)
    : tree_(std::move(tree)), root_(std::move(root)) {}

MemoryStore::~MemoryStore() = default;

namespace {

// To be looked into.
Result<NodePtr> find_folder(const NodePtr& root, const std::string& path) {
    auto node = Tree::find(root, path, true);
    if (!node) return std::move(node).error();
    if ((*node)->type != FileType::folder)
        return tree_error(ErrorCode::usage, "it is not a folder", path);
    if (!(*node)->readable) return tree_error(ErrorCode::denied, "permission denied", path);
    return node;
}

Result<std::unique_ptr<File>> create(const std::shared_ptr<Tree>& tree, const NodePtr& root,
                                     std::string_view path) {
    auto place = Tree::place_of(root, path);
    if (!place) return std::move(place).error();
    const auto [entry, added] = place->folder->entries.try_emplace(place->name);
    if (!added) return tree_error(ErrorCode::exists, "it exists already", path);
    entry->second = tree->make(FileType::regular);
    tree->touch_content(*place->folder);
    return std::make_unique<memory::MemoryFile>(tree, entry->second, true);
}

Result<void> make_folder(Tree& tree, const NodePtr& root, std::string_view path) {
    auto there = Tree::find(root, path, true);
    if (there && (*there)->type == FileType::folder) return {};
    if (!there && there.error().code != ErrorCode::not_found) return std::move(there).error();
    auto place = Tree::place_of(root, path);
    if (!place) return std::move(place).error();
    const auto [entry, added] = place->folder->entries.try_emplace(place->name);
    if (!added) return tree_error(ErrorCode::exists, "it exists and is not a folder", path);
    entry->second = tree.make(FileType::folder);
    tree.touch_content(*place->folder);
    return {};
}

}  // namespace

Result<std::unique_ptr<File>> MemoryStore::open(std::string_view path, OpenMode mode) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::lock_guard lock(tree_->mutex);
    if (mode == OpenMode::create) return create(tree_, root_, *clean);
    auto node = Tree::find(root_, *clean, true);
    if (!node) return std::move(node).error();
    if ((*node)->type == FileType::folder)
        return tree_error(ErrorCode::usage, "it is a folder", *clean);
    if ((*node)->type != FileType::regular)
        return tree_error(ErrorCode::unsupported, "it is not a regular file", *clean);
    if (!(*node)->readable) return tree_error(ErrorCode::denied, "permission denied", *clean);
    return std::make_unique<memory::MemoryFile>(tree_, *node, mode == OpenMode::read_write);
}

Result<FileStatus> MemoryStore::status(std::string_view path) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::lock_guard lock(tree_->mutex);
    auto node = Tree::find(root_, *clean, false);
    if (!node) return std::move(node).error();
    return (*node)->status();
}

Result<std::unique_ptr<Listing>> MemoryStore::list(std::string_view path, bool recursive) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::lock_guard lock(tree_->mutex);
    auto node = find_folder(root_, *clean);
    if (!node) return std::move(node).error();
    return std::make_unique<memory::MemoryListing>(tree_, *node, *clean, recursive);
}

Result<std::unique_ptr<Replacement>> MemoryStore::replace(std::string_view path) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::lock_guard lock(tree_->mutex);
    auto place = Tree::place_of(root_, *clean);
    if (!place) return std::move(place).error();
    const auto there = place->folder->entries.find(place->name);
    if (there != place->folder->entries.end() && there->second->type == FileType::folder)
        return tree_error(ErrorCode::usage, "it is a folder", *clean);
    return memory::MemoryReplacement::start(tree_, *std::move(place));
}

Result<void> MemoryStore::make_folders(std::string_view path) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::lock_guard lock(tree_->mutex);
    for (std::size_t end = 0; end != std::string::npos && !clean->empty();) {
        end = clean->find('/', end + 1);
        if (auto made = make_folder(*tree_, root_, clean->substr(0, end)); !made) return made;
    }
    return {};
}

Result<void> MemoryStore::remove(std::string_view path) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::lock_guard lock(tree_->mutex);
    auto place = Tree::place_of(root_, *clean);
    if (!place) return std::move(place).error();
    const auto found = place->folder->entries.find(place->name);
    if (found == place->folder->entries.end())
        return tree_error(ErrorCode::not_found, "it does not exist", *clean);
    if (!found->second->entries.empty())
        return tree_error(ErrorCode::exists, "the folder is not empty", *clean);
    tree_->touch_name(*found->second);
    place->folder->entries.erase(found);
    tree_->touch_content(*place->folder);
    return {};
}

Result<void> MemoryStore::rename(std::string_view from, std::string_view to, Overwrite overwrite) {
    auto clean_from = normalize_path(from);
    if (!clean_from) return std::move(clean_from).error();
    auto clean_to = normalize_path(to);
    if (!clean_to) return std::move(clean_to).error();
    const std::lock_guard lock(tree_->mutex);
    auto source = Tree::place_of(root_, *clean_from);
    if (!source) return std::move(source).error();
    auto target = Tree::place_of(root_, *clean_to);
    if (!target) return std::move(target).error();
    return memory::move_entry(*tree_, *source, *target, overwrite);
}

Result<std::unique_ptr<FolderWatch>> MemoryStore::watch(std::string_view path, bool recursive) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::lock_guard lock(tree_->mutex);
    auto node = find_folder(root_, *clean);
    if (!node) return std::move(node).error();
    return std::make_unique<memory::MemoryWatch>(tree_, root_, *std::move(clean), recursive);
}

Result<ByteCount> MemoryStore::free_space() {
    const std::lock_guard lock(tree_->mutex);
    return ByteCount(tree_->space->capacity - tree_->space->used);
}

}  // namespace gantry::testing
