#pragma once

#include <cs/core/piece_roots.h>
#include <cs/core/server_end.h>
#include <cs/net/file_hash.h>
#include <cs/net/send_from.h>
#include <cs/wire/crc32c.h>
#include <cs/wire/file_messages.h>
#include <gantry/storage/file_store.h>

#include <memory>
#include <optional>

namespace gantry::cs {

// The blocking half of sending a file, or a range of it. It reads ahead of what is sent, so that
// the loop finds the bytes in memory when it sends them from the file, and the check is computed on
// the way. One thread at a time.
class FileReader {
  public:
    struct First {
        std::size_t whole = 0;  // bytes of a span that is kept whole, and its file closed
        SendFrom from = SendFrom::file;
    };
    // Opens the file and reads its first step, or its first block and keeps that. Null when the
    // path names a folder. Errors: those of FileStore, unsupported for what is neither file nor
    // folder, range for an offset beyond the end, source_changed when it is not the file that is
    // expected.
    static Result<std::unique_ptr<FileReader>> open(FileStore& store, const FileRequest& request,
                                                    const MakeDigest& digests, First first);

    // The same, and reads nothing yet: for those who want the bytes, by read_into().
    static Result<std::unique_ptr<FileReader>> open_unread(FileStore& store,
                                                           const FileRequest& request,
                                                           const MakeDigest& digests);

    // Reads one step more; once all is read, makes sure that the file is still the one it was.
    // ErrorCode::source_changed when it is not.
    Result<void> read_step();
    // The same for the next bytes of the span: as many as fit, and says how many that were.
    Result<std::size_t> read_into(ByteSpan into);
    // The same with as many as a block to send has: limits::kCopyStep, or what is left. `spare` is
    // a block to use again, or empty.
    Result<Bytes> read_block(Bytes spare);

    const FileResponse& response() const noexcept { return response_; }
    const FileSpan& span() const noexcept { return span_; }
    std::uint64_t ready() const noexcept { return ready_; }  // bytes of the span that may be sent
    // The pieces that were completed since the last call; none when they are not wanted.
    std::vector<PieceMessage> take_pieces();
    bool complete() const noexcept { return complete_; }
    FileEnd end();  // when complete()
    // Null when all the bytes were kept.
    File* file() noexcept { return file_.get(); }
    bool kept() const noexcept { return !file_; }
    Bytes take_kept() { return std::move(kept_); }

  private:
    FileReader(std::unique_ptr<File> file, const FileIdentity& identity)
        : file_(std::move(file)), identity_(identity) {}
    Result<void> prepare(const FileRequest& request, const MakeDigest& digests);
    Result<void> read_first(First first);
    Result<void> read_until(std::uint64_t up_to);
    Result<void> read_part(std::uint64_t at, ByteSpan into);
    Result<void> finish_step();
    void check(ByteView bytes);
    Result<void> check_identity();

    std::unique_ptr<File> file_;
    FileIdentity identity_;
    FileResponse response_;
    FileSpan span_;
    bool tells_pieces_ = false;
    Bytes kept_;
    Crc32c crc_;
    std::optional<PieceRoots> roots_;
    std::size_t pieces_told_ = 0;
    std::uint64_t ready_ = 0;
    bool complete_ = false;
};

}  // namespace gantry::cs
