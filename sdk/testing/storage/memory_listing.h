#pragma once

#include "memory_tree.h"

namespace gantry::testing::memory {

// Walks a folder of a tree by name, depth first. It keeps the last name it told of each level, so
// what is added behind that place meanwhile is told too.
class MemoryListing final : public Listing {
  public:
    MemoryListing(std::shared_ptr<Tree> tree, NodePtr folder, std::string path, bool recursive);

    Result<std::optional<FolderEntry>> next() override;

  private:
    struct Level {
        NodePtr folder;
        std::string prefix;
        std::string last;
    };

    Result<void> enter_pending();
    std::string whole(const std::string& from_here) const;

    std::shared_ptr<Tree> tree_;
    std::string path_;
    bool recursive_;
    std::vector<Level> levels_;
    NodePtr pending_;
};

}  // namespace gantry::testing::memory
