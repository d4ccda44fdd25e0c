#include <cs/core/piece_roots.h>

#include <algorithm>

namespace gantry::cs {

CheckValue merkle_value(const MerkleRoot::Hash& root) {
    return {CheckAlgorithm::merkle, Bytes(root.begin(), root.end())};
}

void PieceRoots::update(ByteView bytes) {
    constexpr auto kPiece = PieceMessage::kPiece;
    while (!bytes.empty()) {
        const auto part =
            bytes.first(std::min<std::uint64_t>(bytes.size(), kPiece - bytes_ % kPiece));
        piece_.update(part);
        bytes_ += part.size();
        bytes = bytes.subspan(part.size());
        if (bytes_ % kPiece == 0) roots_.push_back(piece_.finish());
    }
}

void PieceRoots::finish() {
    if (bytes_ % PieceMessage::kPiece != 0) roots_.push_back(piece_.finish());
}

MerkleRoot::Hash PieceRoots::root() {
    return merkle_root_of_pieces(roots_, PieceMessage::kPiece, bytes_, *nodes_);
}

}  // namespace gantry::cs
