#include <gantry/crypto/merkle_root.h>

#include <algorithm>
#include <bit>

namespace gantry {

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
    digest_->update(left);
    digest_->update(right);
    return take_digest();
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

}  // namespace gantry
