#pragma once

#include <cs/wire/frame_header.h>
#include <gantry/crypto/merkle_root.h>
#include <gantry/storage/file_store.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gantry::cs {

// Which pieces of a file are there: docs/formats/cs-part.md. Its creator holds the lock on it until
// it is destroyed. All calls block. Calls for different pieces may run on several threads at once.
class PieceRecord {
  public:
    using Root = MerkleRoot::Hash;
    // Stands for the root of a piece that nobody has checked.
    static const Root kUnchecked;

    // What the file was that is being fetched.
    struct Source {
        std::uint64_t size = 0;
        Bytes identity;
        bool operator==(const Source&) const = default;
    };

    // ErrorCode::busy when another has it, else the errors of FileStore. `source.size` is of at
    // most limits::kMaxPieces pieces.
    static Result<std::unique_ptr<PieceRecord>> create(FileStore& store, const std::string& path,
                                                       const Source& source);
    // Null when there is none, or none of this form; busy when another has it.
    static Result<std::unique_ptr<PieceRecord>> open(FileStore& store, const std::string& path);

    const Source& source() const noexcept { return source_; }
    std::size_t pieces() const noexcept { return roots_.size(); }
    bool has(std::size_t piece) const { return roots_[piece] != Root{}; }
    const Root& root(std::size_t piece) const { return roots_[piece]; }
    // Zeros: it is not there.
    Result<void> put(std::size_t piece, const Root& root);

  private:
    PieceRecord(std::unique_ptr<File> file, Source source);
    Result<void> read_roots();

    std::unique_ptr<File> file_;
    Source source_;
    std::vector<Root> roots_;
};

}  // namespace gantry::cs
