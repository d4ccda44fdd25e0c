#pragma once

#include <cs/wire/piece_message.h>
#include <gantry/crypto/merkle_root.h>

#include <memory>
#include <vector>

namespace gantry::cs {

// A root as a check value has it.
CheckValue merkle_value(const MerkleRoot::Hash& root);

// The Merkle roots of the pieces of a range that starts with a piece, and of the whole of it
// (docs/protocols/cs.md, "Pieces"). Keeps 32 bytes for each MiB. Not thread-safe; any thread.
class PieceRoots {
  public:
    // Two fresh digests of SHA-256.
    PieceRoots(std::unique_ptr<Digest> of_leaves, std::unique_ptr<Digest> of_nodes)
        : piece_(std::move(of_leaves)), nodes_(std::move(of_nodes)) {}
    // The next bytes, cut as they come.
    void update(ByteView bytes);
    // Ends a short last piece; nothing may follow.
    void finish();
    // Of the pieces that are complete.
    const std::vector<MerkleRoot::Hash>& roots() const noexcept { return roots_; }
    // Of all bytes, as if they were a file. After finish().
    MerkleRoot::Hash root();

  private:
    MerkleRoot piece_;
    std::unique_ptr<Digest> nodes_;
    std::vector<MerkleRoot::Hash> roots_;
    std::uint64_t bytes_ = 0;
};

}  // namespace gantry::cs
