#include <gantry/testing/memory_store.h>

#include "memory_tree.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace gantry::testing {

using memory::Node;
using memory::NodePtr;
using memory::Tree;

namespace {

template <class T>
T demand(Result<T> result) {
    if (!result) throw std::runtime_error("memory store: " + describe(result.error()));
    return *std::move(result);
}

// Puts a new node, with the folders above it, in the place of what is there unless that is a
// folder.
void plant(MemoryStore& store, Tree& tree, const NodePtr& root, std::string_view path,
           const std::function<NodePtr()>& make) {
    const std::string clean = demand(normalize_path(path));
    const std::size_t slash = clean.rfind('/');
    if (slash != std::string::npos)
        if (auto made = store.make_folders(clean.substr(0, slash)); !made)
            throw std::runtime_error("memory store: " + describe(made.error()));
    const std::lock_guard lock(tree.mutex);
    const memory::Place place = demand(Tree::place_of(root, clean));
    NodePtr& entry = place.folder->entries[place.name];
    if (entry && entry->type == FileType::folder)
        throw std::runtime_error("memory store: " + clean + " is a folder");
    entry = make();
    tree.touch_content(*place.folder);
}

void collect(const Node& folder, const std::string& prefix, std::vector<std::string>& names) {
    for (const auto& [name, node] : folder.entries) {
        names.push_back(prefix + name);
        collect(*node, prefix + name + '/', names);
    }
}

}  // namespace

std::unique_ptr<MemoryStore> MemoryStore::store_at(std::string_view folder) {
    const std::string clean = demand(normalize_path(folder));
    const std::lock_guard lock(tree_->mutex);
    NodePtr node = demand(Tree::find(root_, clean, true));
    if (node->type != FileType::folder)
        throw std::runtime_error("memory store: " + clean + " is not a folder");
    return std::unique_ptr<MemoryStore>(new MemoryStore(tree_, std::move(node)));
}

void MemoryStore::write_file(std::string_view path, std::string_view content) {
    plant(*this, *tree_, root_, path, [&] {
        NodePtr node = tree_->make(FileType::regular);
        if (auto sized = tree_->resize(*node, content.size()); !sized)
            throw std::runtime_error("memory store: " + describe(sized.error()));
        const ByteView bytes = as_bytes(content);
        node->content.assign(bytes.begin(), bytes.end());
        return node;
    });
}

std::string MemoryStore::read_file(std::string_view path) const {
    const std::string clean = demand(normalize_path(path));
    const std::lock_guard lock(tree_->mutex);
    const NodePtr node = demand(Tree::find(root_, clean, true));
    return std::string(as_text(node->content));
}

bool MemoryStore::contains(std::string_view path) const {
    const std::string clean = demand(normalize_path(path));
    const std::lock_guard lock(tree_->mutex);
    return Tree::find(root_, clean, false).ok();
}

void MemoryStore::plant_link(std::string_view path, std::string_view target) {
    plant(*this, *tree_, root_, path, [&] {
        NodePtr node = tree_->make(FileType::symlink);
        node->target = target;
        return node;
    });
}

void MemoryStore::plant_special(std::string_view path) {
    plant(*this, *tree_, root_, path, [&] { return tree_->make(FileType::other); });
}

void MemoryStore::set_readable(std::string_view path, bool readable) {
    const std::string clean = demand(normalize_path(path));
    const std::lock_guard lock(tree_->mutex);
    demand(Tree::find(root_, clean, true))->readable = readable;
}

std::vector<std::string> MemoryStore::all_names() const {
    const std::lock_guard lock(tree_->mutex);
    std::vector<std::string> names;
    collect(*root_, {}, names);
    std::sort(names.begin(), names.end());
    return names;
}

void MemoryStore::overflow_watches() {
    const std::lock_guard lock(tree_->mutex);
    tree_->overflow();
}

std::uint64_t MemoryStore::used() const { return tree_->space->used; }

}  // namespace gantry::testing
