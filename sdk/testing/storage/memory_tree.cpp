#include "memory_tree.h"

#include <utility>

namespace gantry::testing::memory {
namespace {

constexpr int kMaxLinks = 40;  // as Linux
constexpr std::uint32_t kFolderPermissions = 0755;
constexpr std::uint32_t kFilePermissions = 0644;

// Follows a path from the root, entry by entry.
class Walk {
  public:
    Walk(NodePtr root, std::string_view path, bool follow_last)
        : follow_last_(follow_last), path_(path) {
        stack_.push_back(std::move(root));
        push(path);
    }

    Result<NodePtr> run() {
        while (!left_.empty()) {
            const std::string name = std::move(left_.back());
            left_.pop_back();
            if (name == ".") continue;
            if (auto stepped = name == ".." ? up() : enter(name); !stepped)
                return std::move(stepped).error();
        }
        return stack_.back();
    }

  private:
    void push(std::string_view text) {
        if (text.ends_with('/')) left_.emplace_back(".");  // asks for a folder
        while (!text.empty()) {
            const std::size_t slash = text.rfind('/');
            const std::string_view last = slash == text.npos ? text : text.substr(slash + 1);
            if (!last.empty()) left_.emplace_back(last);
            text = slash == text.npos ? std::string_view{} : text.substr(0, slash);
        }
    }

    Result<void> up() {
        if (stack_.size() == 1)
            return tree_error(ErrorCode::denied, "the path leaves the root by a symbolic link",
                              path_);
        stack_.pop_back();
        return {};
    }

    Result<void> enter(const std::string& name) {
        const auto& entries = stack_.back()->entries;
        const auto found = entries.find(name);
        if (found == entries.end())
            return tree_error(ErrorCode::not_found, "it does not exist", path_);
        const NodePtr node = found->second;
        const bool last = left_.empty();
        if (node->type == FileType::symlink && (follow_last_ || !last)) return follow(*node);
        if (!last && node->type != FileType::folder)
            return tree_error(ErrorCode::not_found, "a part of the path is not a folder", path_);
        stack_.push_back(node);
        return {};
    }

    Result<void> follow(const Node& link) {
        if (++links_ > kMaxLinks)
            return tree_error(ErrorCode::denied, "a symbolic link in the path may not be followed",
                              path_);
        if (link.target.starts_with('/'))
            return tree_error(ErrorCode::denied, "the path leaves the root by a symbolic link",
                              path_);
        push(link.target);
        return {};
    }

    bool follow_last_;
    std::string_view path_;
    std::vector<NodePtr> stack_;     // the root, then the folders passed
    std::vector<std::string> left_;  // the next one last
    int links_ = 0;
};

}  // namespace

Error tree_error(ErrorCode code, std::string message, std::string_view path) {
    return make_error(code, "storage", std::move(message), std::string(path));
}

FileStatus Node::status() const {
    return {.type = type,
            .identity = {.device = 1,
                         .inode = inode,
                         .size = content.size(),
                         .modified = modified,
                         .changed = changed},
            .permissions = type == FileType::folder ? kFolderPermissions : kFilePermissions};
}

Tree::Tree(std::uint64_t capacity)
    : space(std::make_shared<Space>(capacity)), root(make(FileType::folder)) {}

NodePtr Tree::make(FileType type) {
    auto node = std::make_shared<Node>(type, ++inodes_, space);
    touch_content(*node);
    return node;
}

std::uint64_t Tree::add_watcher(std::function<void()> changed) {
    watchers_.emplace(++last_watcher_, std::move(changed));
    return last_watcher_;
}

void Tree::remove_watcher(std::uint64_t number) { watchers_.erase(number); }

void Tree::overflow() {
    ++overflows_;
    (void)tick();
}

WallTime Tree::tick() {
    for (const auto& [number, changed] : watchers_) changed();
    return WallTime(std::chrono::nanoseconds(++ticks_));
}

void Tree::touch_content(Node& node) { node.modified = node.changed = tick(); }

void Tree::touch_name(Node& node) { node.changed = tick(); }

Result<void> Tree::resize(Node& file, std::uint64_t size) {
    const std::uint64_t now = file.content.size();
    if (size > now && size - now > space->capacity - space->used)
        return make_error(ErrorCode::no_space, "storage", "no space is left on the device");
    file.content.resize(static_cast<std::size_t>(size));
    space->used += size - now;  // wraps, as it should, for a smaller size
    touch_content(file);
    return {};
}

Result<NodePtr> Tree::find(const NodePtr& root, std::string_view path, bool follow_last) {
    return Walk(root, path, follow_last).run();
}

Result<Place> Tree::place_of(const NodePtr& root, std::string_view path) {
    if (path.empty()) return tree_error(ErrorCode::denied, "the root itself stays as it is", path);
    const std::size_t slash = path.rfind('/');
    const bool top = slash == path.npos;
    auto folder = find(root, top ? std::string_view{} : path.substr(0, slash), true);
    if (!folder) return std::move(folder).error();
    if ((*folder)->type != FileType::folder)
        return tree_error(ErrorCode::not_found, "a part of the path is not a folder", path);
    return Place{*folder, std::string(top ? path : path.substr(slash + 1)), std::string(path)};
}

}  // namespace gantry::testing::memory
