#pragma once

#include "memory_tree.h"

#include <gantry/storage/folder_watch.h>

namespace gantry::testing::memory {

// Compares what a folder holds with what it held when it was last asked.
class MemoryWatch final : public FolderWatch {
  public:
    // The tree is locked.
    MemoryWatch(std::shared_ptr<Tree> tree, NodePtr root, std::string path, bool recursive);
    ~MemoryWatch() override;

    Result<void> wait(EventLoop& loop, Task ready) override;
    Result<std::vector<FolderChange>> take(std::size_t most) override;

  private:
    using Seen = std::map<std::string, FileStatus>;
    Seen look() const;
    void collect(const Node& folder, const std::string& prefix, Seen& seen) const;
    void changed();

    std::shared_ptr<Tree> tree_;
    NodePtr root_;
    std::string path_;  // from there
    NodePtr folder_;
    bool recursive_;
    Seen seen_;
    std::uint64_t overflows_;
    std::uint64_t number_;
    bool news_ = false;  // something may have changed
    EventLoop* loop_ = nullptr;
    std::shared_ptr<Task> ready_;
    bool armed_ = false;
};

}  // namespace gantry::testing::memory
