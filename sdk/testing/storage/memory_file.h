#pragma once

#include "memory_tree.h"

namespace gantry::testing::memory {

// A File on a node of a tree.
class MemoryFile final : public File {
  public:
    MemoryFile(std::shared_ptr<Tree> tree, NodePtr node, bool writable)
        : tree_(std::move(tree)), node_(std::move(node)), writable_(writable) {}

    Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) override;
    Result<void> write_at(std::uint64_t offset, std::span<const ByteView> from) override;
    Result<void> allocate(std::uint64_t size) override;
    Result<void> truncate(std::uint64_t size) override;
    Result<void> sync() override { return {}; }
    Result<FileIdentity> identity() override;
    Result<void> set_modified(WallTime modified) override;
    std::optional<int> descriptor() const noexcept override { return std::nullopt; }

  private:
    Result<void> check_writable(std::uint64_t offset, std::uint64_t count) const;

    std::shared_ptr<Tree> tree_;
    NodePtr node_;
    bool writable_;
};

}  // namespace gantry::testing::memory
