#pragma once

#include <crypto/net/chunk_run.h>
#include <gantry/storage/file.h>

#include <condition_variable>
#include <functional>
#include <limits>
#include <mutex>
#include <string>
#include <string_view>

namespace gantry::crypto {

// Where the runs of a file go. Thread-safe, and blocks.
class RunSink {
  public:
    virtual ~RunSink() = default;
    // `bytes` is the run with its tags; what of it is written depends on the form.
    virtual Result<void> put(const ChunkRun& run, ByteView bytes) = 0;
    // This run will never be put: nobody is to wait for it, and none behind it is written.
    virtual void stop_at(std::uint64_t number) = 0;
};

// A file that is written from `offset` on, in any order; several threads write at once.
class FileSink : public RunSink {
  public:
    // `file` outlives it. Errors name the file as `shown_name`.
    FileSink(File& file, std::string shown_name, Form form, std::uint64_t offset)
        : file_(file), name_(std::move(shown_name)), form_(form), offset_(offset) {}
    Result<void> put(const ChunkRun& run, ByteView bytes) override;
    void stop_at(std::uint64_t) override {}

  private:
    File& file_;
    std::string name_;
    Form form_;
    std::uint64_t offset_;
};

// A pipe: runs are written in their order, one thread at a time. A run waits for those before it.
class StreamSink : public RunSink {
  public:
    using Write = std::function<Result<void>(std::string_view)>;
    StreamSink(Write write, Form form) : write_(std::move(write)), form_(form) {}
    Result<void> put(const ChunkRun& run, ByteView bytes) override;
    void stop_at(std::uint64_t number) override;

  private:
    Write write_;
    Form form_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t next_ = 0;
    std::uint64_t end_ = std::numeric_limits<std::uint64_t>::max();
};

}  // namespace gantry::crypto
