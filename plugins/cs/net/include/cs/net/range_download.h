#pragma once

#include <cs/net/answer_handler.h>
#include <cs/net/pool_runner.h>
#include <cs/net/range_writer.h>

#include <memory>
#include <vector>

namespace gantry::cs {

// The answer to one file request on its way from a channel to the disk. Blocks from the network
// wait in memory, within what the channel has, until the pool has written them; one task is out at
// a time, which takes all that has come meanwhile. Loop thread only.
class RangeDownload : public AnswerHandler, public std::enable_shared_from_this<RangeDownload> {
  public:
    struct Callbacks {
        Callback<const FileResponse&> began;
        Callback<std::uint64_t> progress;                  // bytes more that are written
        Callback<Result<RangeOutcome>, ErrorDetail> done;  // once; no task of it is out then
    };
    // Where the range goes, and how it is checked.
    struct Options {
        std::shared_ptr<PartialFile> file;
        std::uint64_t offset = 0;
        MakeDigest digests;
        bool finishes = false;  // it is the whole file, which is finished when it has come
    };
    RangeDownload(PoolRunner& pool, Options options, Callbacks callbacks);

    // Gives up; done() comes with `reason` when what had come is written. The channel must be told
    // to forget() this first.
    void cancel(Error reason);
    // Bytes that were written until now.
    std::uint64_t written() const noexcept { return told_; }

    void file_sealed(std::shared_ptr<ChunkOpener> opener) override;
    void file_began(const FileResponse& response) override;
    void file_bytes(std::uint64_t offset, ByteView bytes, const ReceiveBuffer& buffer) override;
    void file_piece(const PieceMessage& piece) override;
    void file_ended(const FileEnd& end) override;
    void failed(Error error, ErrorDetail detail) override;
    void settled() override;

  private:
    struct Part {
        ByteSpan bytes;  // of the buffer
        ReceiveBuffer buffer;
    };
    // What has come and was not given to a task.
    struct News {
        std::vector<Part> parts;
        std::vector<PieceMessage> pieces;
        std::optional<FileEnd> end;
        bool empty() const noexcept { return parts.empty() && pieces.empty() && !end; }
    };
    // The blocking half, shared with the task that is out.
    struct Work;
    using Progress = std::optional<RangeOutcome>;  // it is over
    void work();
    void worked(Result<Progress> outcome);
    void fail(Error error, ErrorDetail detail);
    void report(Result<RangeOutcome> outcome, ErrorDetail detail);

    PoolRunner& pool_;
    std::shared_ptr<Work> work_;
    Callbacks callbacks_;
    News news_;
    std::optional<Error> failure_;
    ErrorDetail detail_ = ErrorDetail::none;
    std::uint64_t told_ = 0;  // of progress
    bool working_ = false;
    bool done_ = false;
};

}  // namespace gantry::cs
