#pragma once

#include <gantry/core/result.h>
#include <gantry/storage/file_store.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing::memory {

// The room that all files of a tree share.
struct Space {
    explicit Space(std::uint64_t bytes) : capacity(bytes) {}
    const std::uint64_t capacity;
    std::atomic<std::uint64_t> used = 0;
};

struct Node;
using NodePtr = std::shared_ptr<Node>;

// A file, folder, link or special file. Its content counts against the space as long as anyone
// holds it. Guarded by the tree's mutex.
struct Node {
    Node(FileType kind, std::uint64_t number, std::shared_ptr<Space> room)
        : type(kind), inode(number), space(std::move(room)) {}
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    ~Node() { space->used -= content.size(); }

    FileStatus status() const;

    const FileType type;
    const std::uint64_t inode;
    const std::shared_ptr<Space> space;
    std::vector<std::byte> content;                       // of a file
    std::map<std::string, NodePtr, std::less<>> entries;  // of a folder
    std::string target;                                   // of a link
    WallTime modified{};
    WallTime changed{};
    bool readable = true;
};

// A folder and the name of an entry in it, which may be free.
struct Place {
    NodePtr folder;
    std::string name;
    std::string path;
};

Error tree_error(ErrorCode code, std::string message, std::string_view path);

// All nodes of one disk. `mutex` guards every call and every node.
class Tree {
    std::map<std::uint64_t, std::function<void()>> watchers_;  // before the root, which is made

  public:
    explicit Tree(std::uint64_t capacity);

    NodePtr make(FileType type);
    // Who watches a folder is called, under the mutex, after every change.
    std::uint64_t add_watcher(std::function<void()> changed);
    void remove_watcher(std::uint64_t number);
    void overflow();
    std::uint64_t overflows() const noexcept { return overflows_; }
    // Says that a node's content, or its name, was changed.
    void touch_content(Node& node);
    void touch_name(Node& node);
    // Makes a file `size` bytes long; no_space when they are not there.
    Result<void> resize(Node& file, std::uint64_t size);

    // `path` has passed normalize_path().
    static Result<NodePtr> find(const NodePtr& root, std::string_view path, bool follow_last);
    static Result<Place> place_of(const NodePtr& root, std::string_view path);

    std::mutex mutex;
    const std::shared_ptr<Space> space;
    const NodePtr root;

  private:
    WallTime tick();

    std::uint64_t last_watcher_ = 0;
    std::uint64_t overflows_ = 0;
    std::int64_t ticks_ = 0;
    std::uint64_t inodes_ = 0;
};

}  // namespace gantry::testing::memory
