#pragma once

#include <gantry/crypto/digest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gantry {

// The root of the Merkle tree that BEP 52 ("pieces root") puts over a file: SHA-256, leaves of
// 16 KiB, the last one as short as the file ends, and leaves of zero bytes up to a power of two. It
// names content whatever protocol carries it. An empty file has no tree; its root is zero bytes
// here. Keeps one hash for each level. Not thread-safe; any thread.
class MerkleRoot {
  public:
    static constexpr std::size_t kBlock = 16 * 1024;
    using Hash = std::array<std::byte, 32>;

    // `sha256`: a fresh digest of that algorithm.
    explicit MerkleRoot(std::unique_ptr<Digest> sha256) : digest_(std::move(sha256)) {}
    // The next bytes of the file, cut as they come.
    void update(ByteView bytes);
    // The root of all bytes since creation or the last finish(), after which it starts anew.
    Hash finish();

  private:
    Hash take_digest();
    Hash parent(const Hash& left, const Hash& right);
    void add_leaf(Hash leaf);
    Hash close_tree();

    std::unique_ptr<Digest> digest_;  // of the block that has begun; between blocks, of nodes
    std::size_t in_block_ = 0;
    std::uint64_t leaves_ = 0;
    std::vector<std::optional<Hash>> whole_;  // by level: a whole subtree that waits for its right
};

// The root of a file of `size` bytes from the roots of its pieces, each over `piece` bytes (a power
// of two of at least MerkleRoot::kBlock) but the last, which may be short: BEP 52's piece layer.
// There are as many as `size` needs. `sha256` is a digest between two uses.
MerkleRoot::Hash merkle_root_of_pieces(std::span<const MerkleRoot::Hash> pieces,
                                       std::uint64_t piece, std::uint64_t size, Digest& sha256);

}  // namespace gantry
