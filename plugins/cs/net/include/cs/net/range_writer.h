#pragma once

#include <cs/core/piece_roots.h>
#include <cs/net/partial_file.h>
#include <cs/wire/crc32c.h>

#include <map>
#include <memory>
#include <optional>
#include <span>

namespace gantry::cs {

// What became of a range.
struct RangeOutcome {
    std::uint64_t bytes = 0;
    CheckValue check;                 // what the whole range was checked by
    std::vector<std::uint64_t> bad;   // pieces that came damaged, and are still missing
    std::optional<FileOutcome> file;  // which was finished, too
};

// The blocking half of storing the answer to one request: writes it in its place and checks it on
// the way, piece by piece where the server tells of pieces. One thread at a time.
class RangeWriter {
  public:
    // `offset` is where the range starts, at a piece. Opens the file where that is still to be
    // done.
    static Result<std::unique_ptr<RangeWriter>> open(std::shared_ptr<PartialFile> file,
                                                     const FileResponse& response,
                                                     std::uint64_t offset,
                                                     const MakeDigest& digests);

    // The server's word for a piece, before or after its bytes. ErrorCode::protocol for one that
    // cannot be, or is limits::kMaxPiecesAhead before its bytes.
    Result<void> tell(const PieceMessage& piece);
    // The next bytes.
    Result<void> write(std::span<const ByteView> bytes);
    // ErrorCode::integrity when the range came damaged and nobody can say where.
    Result<RangeOutcome> finish(const FileEnd& end);
    std::uint64_t written() const noexcept { return written_; }

  private:
    RangeWriter(std::shared_ptr<PartialFile> file, CheckAlgorithm check, std::uint64_t offset)
        : file_(std::move(file)), check_(check), offset_(offset) {}
    void update(ByteView bytes);
    Result<void> settle();
    Result<void> settle_rest();
    Result<void> settle_unchecked(std::uint64_t pieces);
    std::uint64_t piece_number(std::uint64_t of_range) const;
    Result<CheckValue> whole_value();

    std::shared_ptr<PartialFile> file_;
    CheckAlgorithm check_;
    std::uint64_t offset_;
    Crc32c crc_;
    std::optional<PieceRoots> roots_;
    std::map<std::uint64_t, PieceRecord::Root> told_;  // not settled, by their number in the range
    std::uint64_t settled_ = 0;                        // pieces of the range
    std::vector<std::uint64_t> bad_;
    std::uint64_t written_ = 0;
};

}  // namespace gantry::cs
