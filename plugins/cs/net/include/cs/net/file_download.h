#pragma once

#include <cs/net/answer_handler.h>
#include <cs/net/file_writer.h>
#include <cs/net/pool_runner.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::cs {

// How one file arrived.
struct FileOutcome {
    std::uint64_t bytes = 0;
    std::string path;    // where it lies
    std::string check;   // CRC-32C in hex; empty when there was none
    std::string digest;  // when one was asked for
};

struct FileFailure {
    Error error;
    ErrorDetail detail = ErrorDetail::none;
};

// One file on its way from a channel to the disk. Blocks from the network wait in memory, within
// what the channel has, until the pool has written them; one task per file is out at a time, which
// takes all that has come meanwhile. Loop thread only.
class FileDownload : public AnswerHandler, public std::enable_shared_from_this<FileDownload> {
  public:
    struct Callbacks {
        Callback<const FileResponse&> began;
        Callback<std::uint64_t> progress;                 // bytes more that are written
        Callback<Result<FileOutcome>, ErrorDetail> done;  // once; nothing is left to do on the disk
    };
    FileDownload(PoolRunner& pool, FileWriter::Options options, Callbacks callbacks);

    // Gives up; done() comes with `reason` when what was written is gone. The channel must be told
    // to forget() this first.
    void cancel(Error reason);

    void file_began(const FileResponse& response) override;
    void file_bytes(std::uint64_t offset, ByteView bytes, const ReceiveBuffer& buffer) override;
    void file_ended(const FileEnd& end) override;
    void failed(Error error, ErrorDetail detail) override;
    void settled() override;

  private:
    struct Part {
        ByteView bytes;
        ReceiveBuffer buffer;
    };
    void work();
    void worked(Result<bool> outcome);
    void fail(Error error, ErrorDetail detail);
    void discard();
    void report(Result<FileOutcome> outcome, ErrorDetail detail);

    PoolRunner& pool_;
    FileWriter::Options options_;
    Callbacks callbacks_;
    std::shared_ptr<FileWriter> writer_;  // shared with the task that is out
    std::vector<Part> parts_;             // come and not given to a task
    std::optional<FileEnd> end_;
    std::optional<FileFailure> failure_;
    std::uint64_t told_ = 0;  // of progress
    bool working_ = false;
    bool done_ = false;
};

}  // namespace gantry::cs
