#pragma once

#include <crypto/net/chunk_run.h>
#include <crypto/net/local_file.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

namespace gantry::crypto {

// Where the runs of a file come from. Thread-safe, and blocks.
class RunSource {
  public:
    virtual ~RunSource() = default;
    // Reads the next run into `room`, which has kRunSize bytes, with each text where its chunk is.
    // Nothing behind the last one.
    virtual Result<std::optional<ChunkRun>> next(ByteSpan room) = 0;
};

// `size` bytes of a regular file from `offset` on; several threads read at once.
class FileSource : public RunSource {
  public:
    // `size` in that form; for Form::sealed one that text_size_of() takes. `file` outlives it.
    FileSource(const LocalFile& file, Form form, std::uint64_t offset, std::uint64_t size);
    // ErrorCode::source_changed when the file has become shorter.
    Result<std::optional<ChunkRun>> next(ByteSpan room) override;

  private:
    const LocalFile& file_;
    Form form_;
    std::uint64_t offset_;
    std::uint64_t size_;
    std::uint64_t runs_;
    std::atomic<std::uint64_t> next_ = 0;
};

// What `read` gives until it answers 0: a pipe. One thread reads at a time.
class StreamSource : public RunSource {
  public:
    using Read = std::function<Result<std::size_t>(ByteSpan)>;
    StreamSource(Read read, Form form) : read_(std::move(read)), form_(form) {}
    // ErrorCode::integrity when there is not even one chunk, in Form::sealed.
    Result<std::optional<ChunkRun>> next(ByteSpan room) override;

  private:
    Result<std::size_t> fill(ByteSpan room);
    Result<std::size_t> fill_parts(ByteSpan room);
    Result<bool> look_ahead();

    Read read_;
    Form form_;
    std::mutex mutex_;
    std::uint64_t number_ = 0;
    bool ended_ = false;
    std::optional<std::byte> ahead_;  // read to see whether more comes
};

}  // namespace gantry::crypto
