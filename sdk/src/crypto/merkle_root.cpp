#include <gantry/crypto/merkle_root.h>

#include <algorithm>
#include <bit>
#include <cassert>

namespace gantry {

namespace {

using Hash = MerkleRoot::Hash;

Hash parent_of(Digest& sha256, const Hash& left, const Hash& right) {
    sha256.update(left);
    sha256.update(right);
    const auto bytes = sha256.finish();
    Hash hash{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    return hash;
}

// How many levels of a tree lie above its leaves.
int height_over(std::uint64_t bytes) {
    const auto leaves = (bytes + MerkleRoot::kBlock - 1) / MerkleRoot::kBlock;
    return static_cast<int>(std::bit_width(std::bit_ceil(leaves))) - 1;
}

}  // namespace

void MerkleRoot::update(ByteView bytes) {
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(bytes.size(), kBlock - in_block_));
        digest_->update(part);
        in_block_ += part.size();
        bytes = bytes.subspan(part.size());
        if (in_block_ < kBlock) return;
        in_block_ = 0;
        add_leaf(take_digest());
    }
}

MerkleRoot::Hash MerkleRoot::finish() {
    if (in_block_ > 0) add_leaf(take_digest());
    const Hash root = close_tree();
    in_block_ = 0;
    leaves_ = 0;
    whole_.clear();
    return root;
}

MerkleRoot::Hash MerkleRoot::take_digest() {
    const auto bytes = digest_->finish();
    Hash hash{};
    std::copy_n(bytes.begin(), std::min(bytes.size(), hash.size()), hash.begin());
    return hash;
}

MerkleRoot::Hash MerkleRoot::parent(const Hash& left, const Hash& right) {
    return parent_of(*digest_, left, right);
}

// As in adding one to a number: two subtrees of one height are carried to the next level.
void MerkleRoot::add_leaf(Hash leaf) {
    ++leaves_;
    std::size_t level = 0;
    for (; level < whole_.size() && whole_[level]; ++level) {
        leaf = parent(*whole_[level], leaf);
        whole_[level].reset();
    }
    if (level == whole_.size()) whole_.emplace_back();
    whole_[level] = leaf;
}

// Fills the right edge with subtrees of zero leaves, from the bottom up.
MerkleRoot::Hash MerkleRoot::close_tree() {
    if (leaves_ == 0) return Hash{};
    if (std::has_single_bit(leaves_)) return *whole_.back();
    Hash zeros{};  // the root of a subtree of zero leaves, of this level's height
    std::optional<Hash> edge;
    for (const auto& subtree : whole_) {
        if (subtree)
            edge = parent(*subtree, edge.value_or(zeros));
        else if (edge)
            edge = parent(*edge, zeros);
        zeros = parent(zeros, zeros);
    }
    return *edge;
}

MerkleRoot::Hash merkle_root_of_pieces(std::span<const Hash> pieces, std::uint64_t piece,
                                       std::uint64_t size, Digest& sha256) {
    assert(pieces.size() == (size + piece - 1) / piece);
    if (pieces.empty()) return Hash{};
    if (pieces.size() == 1) return pieces.front();
    std::vector<Hash> level(pieces.begin(), pieces.end());
    Hash zeros{};
    const auto last = height_over(size - piece * (pieces.size() - 1));
    for (int height = 0; height < height_over(piece); ++height) {
        if (height >= last) level.back() = parent_of(sha256, level.back(), zeros);
        zeros = parent_of(sha256, zeros, zeros);
    }
    for (; level.size() > 1; zeros = parent_of(sha256, zeros, zeros)) {
        if (level.size() % 2 != 0) level.push_back(zeros);
        for (std::size_t i = 0; i < level.size() / 2; ++i)
            level[i] = parent_of(sha256, level[2 * i], level[2 * i + 1]);
        level.resize(level.size() / 2);
    }
    return level.front();
}

}  // namespace gantry
