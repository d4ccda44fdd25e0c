#pragma once

#include <cs/core/server_end.h>
#include <cs/net/file_hash.h>
#include <cs/net/part_file.h>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace gantry::cs {

// How one file arrived.
struct FileOutcome {
    std::uint64_t bytes = 0;
    std::uint64_t resumed = 0;  // of them, that an earlier download had brought
    std::string path;           // where it lies
    CheckValue check;           // what the whole was checked by; algorithm none: by nothing
    std::string digest;         // SHA-256 in hex, when it was asked for
};

// What came of an earlier download belongs to another file than the server has now.
Error source_changed_since(std::string context);

// A file that is arriving, in one range or several. What comes lies out of sight, and takes its
// name when it is whole. With `resume`, what has come of a file of several pieces stays when it is
// interrupted, and the next download goes on from there.
//
// All calls block. Those marked so may run on several threads at once; the others run alone.
class PartialFile {
  public:
    struct Options {
        std::shared_ptr<LocalTarget> target;
        std::string name;  // below the target
        Overwrite overwrite = Overwrite::yes;
        MakeDigest digests;
        bool resume = false;
        bool verify = true;                       // trust nothing that was not checked
        bool sha256 = false;                      // tell it
        bool keep_modified = false;               // it gets the time that it has on the server
        Durability durability = Durability::now;  // of a file that cannot be resumed
    };
    explicit PartialFile(Options options) : options_(std::move(options)) {}

    // Looks for what an earlier download left, or, without `resume`, takes it away. True: there is
    // some, and recheck() follows until it says that it is done.
    Result<bool> find_earlier();
    Result<bool> recheck();
    // The identity and size of the file that was begun. After find_earlier() said so, as all of
    // these.
    Bytes expected() const { return part_->record().source().identity; }
    std::uint64_t size() const { return part_->record().source().size; }
    // The bytes that passed recheck(), and the ranges that are missing.
    std::uint64_t present() const noexcept { return resumed_; }
    std::vector<FileSpan> missing() const;

    // A server has answered. Any number of times, on several threads at once. source_changed when
    // that is not the file that is there.
    Result<void> begin(const FileResponse& response);
    // After begin(); on several threads at once.
    Result<void> write(std::uint64_t offset, std::span<const ByteView> bytes);
    // All bytes of a piece are there; the root says what they come to, if it is known. On several
    // threads at once for different pieces.
    Result<void> have_piece(std::uint64_t piece, const std::optional<PieceRecord::Root>& root);

    // All that was missing has come: `size` bytes in all. `check` is what one answer was checked by
    // that brought all of it; else the root follows from those of the pieces.
    Result<FileOutcome> finish(std::uint64_t size, const CheckValue& check);
    // It can never be completed: nothing of it stays.
    void drop();
    // The bytes with which the next download can go on.
    std::uint64_t kept() const;
    const std::string& shown() const noexcept { return shown_; }  // its path, for people

  private:
    Result<void> open(const FileResponse& response);
    Result<void> open_resumable(const LocalPlace& place, const FileResponse& response);
    Result<bool> recheck_piece(std::uint64_t piece);
    Result<CheckValue> whole_root();
    Result<std::string> read_sha256(std::uint64_t size);
    Result<void> keep_modified(File& file) const;
    Result<void> read_through(FileSpan span, FileHash& hash);

    Options options_;
    std::mutex mutex_;  // of begin()
    bool begun_ = false;
    std::optional<std::int64_t> modified_;  // on the server
    std::shared_ptr<FileStore> store_;      // outlives what lies in it
    std::unique_ptr<PartFile> part_;        // while pieces are kept
    std::unique_ptr<Replacement> replacement_;
    std::string shown_;
    std::uint64_t rechecked_ = 0;  // pieces
    std::uint64_t resumed_ = 0;    // bytes
};

}  // namespace gantry::cs
