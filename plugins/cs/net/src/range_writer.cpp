#include <cs/net/limits.h>
#include <cs/net/range_writer.h>

#include <algorithm>

namespace gantry::cs {

Result<std::unique_ptr<RangeWriter>> RangeWriter::open(std::shared_ptr<PartialFile> file,
                                                       const FileResponse& response,
                                                       std::uint64_t offset,
                                                       const MakeDigest& digests) {
    if (auto begun = file->begin(response); !begun) return std::move(begun).error();
    std::unique_ptr<RangeWriter> writer(new RangeWriter(std::move(file), response.check, offset));
    if (response.check != CheckAlgorithm::merkle) return writer;
    auto roots = make_piece_roots(digests);
    if (!roots) return std::move(roots).error();
    writer->roots_ = std::move(*roots);
    return writer;
}

std::uint64_t RangeWriter::piece_number(std::uint64_t of_range) const {
    return offset_ / PieceMessage::kPiece + of_range;
}

Result<void> RangeWriter::tell(const PieceMessage& piece) {
    const bool fits = piece.offset >= offset_ && piece.offset % PieceMessage::kPiece == 0;
    const auto number = fits ? (piece.offset - offset_) / PieceMessage::kPiece : 0;
    PieceRecord::Root root{};
    if (!fits || number < settled_ || number - settled_ >= limits::kMaxPiecesAhead ||
        piece.check.value.size() != root.size())
        return protocol_error("the server tells of a piece that cannot be");
    std::copy(piece.check.value.begin(), piece.check.value.end(), root.begin());
    told_.insert_or_assign(number, root);
    return settle();
}

Result<void> RangeWriter::write(std::span<const ByteView> bytes) {
    if (auto stored = file_->write(offset_ + written_, bytes); !stored) return stored;
    for (const auto part : bytes) {
        update(part);
        written_ += part.size();
    }
    if (check_ == CheckAlgorithm::none) return settle_unchecked(written_ / PieceMessage::kPiece);
    return settle();
}

void RangeWriter::update(ByteView bytes) {
    if (roots_)
        roots_->update(bytes);
    else if (check_ == CheckAlgorithm::crc32c)
        crc_.update(bytes);
}

// Decides on the pieces, in their order, of which both the bytes and the server's word have come.
Result<void> RangeWriter::settle() {
    while (roots_ && settled_ < roots_->roots().size() && !told_.empty() &&
           told_.begin()->first == settled_) {
        const auto& root = roots_->roots()[static_cast<std::size_t>(settled_)];
        const auto number = piece_number(settled_);
        if (told_.begin()->second != root)
            bad_.push_back(number);
        else if (auto kept = file_->have_piece(number, root); !kept)
            return kept;
        told_.erase(told_.begin());
        ++settled_;
    }
    return {};
}

// The whole fits, so that the pieces fit which the server said nothing of.
Result<void> RangeWriter::settle_rest() {
    for (; settled_ < roots_->roots().size(); ++settled_)
        if (auto kept = file_->have_piece(piece_number(settled_),
                                          roots_->roots()[static_cast<std::size_t>(settled_)]);
            !kept)
            return kept;
    return {};
}

Result<void> RangeWriter::settle_unchecked(std::uint64_t pieces) {
    for (; settled_ < pieces; ++settled_)
        if (auto kept = file_->have_piece(piece_number(settled_), std::nullopt); !kept) return kept;
    return {};
}

Result<CheckValue> RangeWriter::whole_value() {
    if (check_ == CheckAlgorithm::none) {
        const auto pieces = PieceMessage::count(written_);
        if (auto settled = settle_unchecked(pieces); !settled) return std::move(settled).error();
        return CheckValue{};
    }
    if (!roots_) return CheckValue{check_, crc_.bytes()};
    roots_->finish();
    if (auto settled = settle(); !settled) return std::move(settled).error();
    return merkle_value(roots_->root());
}

Result<RangeOutcome> RangeWriter::finish(const FileEnd& end) {
    auto value = whole_value();
    if (!value) return std::move(value).error();
    if (written_ != end.total) return damaged_file(file_->shown());
    if (!bad_.empty()) {
        // The whole cannot fit then, so nothing speaks for the pieces that were not told of.
        for (; roots_ && settled_ < roots_->roots().size(); ++settled_)
            bad_.push_back(piece_number(settled_));
        return RangeOutcome{written_, {}, std::move(bad_), {}};
    }
    if (*value != end.check) return damaged_file(file_->shown());
    if (roots_)
        if (auto rest = settle_rest(); !rest) return std::move(rest).error();
    return RangeOutcome{written_, std::move(*value), {}, {}};
}

}  // namespace gantry::cs
