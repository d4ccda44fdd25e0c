#pragma once

#include "memory_file.h"
#include "memory_tree.h"

namespace gantry::testing::memory {

// Moves an entry of one place to another, by the rules of FileStore::rename. The tree is locked.
Result<void> move_entry(Tree& tree, const Place& from, const Place& to, Overwrite overwrite);

class MemoryReplacement final : public Replacement {
  public:
    // The tree is locked.
    static std::unique_ptr<Replacement> start(std::shared_ptr<Tree> tree, Place target);
    MemoryReplacement(std::shared_ptr<Tree> tree, Place target, Place part, NodePtr node);
    ~MemoryReplacement() override;

    File& file() noexcept override { return file_; }
    Result<void> commit(Overwrite overwrite, Durability durability) override;

  private:
    std::shared_ptr<Tree> tree_;
    Place target_;
    Place part_;
    NodePtr node_;
    MemoryFile file_;
    bool committed_ = false;
};

}  // namespace gantry::testing::memory
