#pragma once

#include <cs/net/pool_runner.h>
#include <cs/net/request_channel.h>
#include <cs/net/upload_reader.h>

namespace gantry::cs {

struct UploadItem {
    std::shared_ptr<FileStore> store;
    std::string path;  // in the store
    std::string shown;
    std::string remote;  // path on the server
};

// One file on its way from the disk to a channel: what was read is sent when the channel has room,
// and meanwhile the next is read. Loop thread only.
class FileUpload : public AnswerHandler, public std::enable_shared_from_this<FileUpload> {
  public:
    struct Callbacks {
        Callback<std::uint64_t> expected;      // the file's size
        Callback<std::uint64_t> sent;          // bytes more that were given to the channel
        Callback<Result<std::uint64_t>> done;  // once: the file's size, or why not
    };
    FileUpload(PoolRunner& pool, std::shared_ptr<RequestChannel> channel, Overwrite overwrite,
               Callbacks callbacks);

    void start(UploadItem item);
    // Gives up; done() comes with `reason` before it returns.
    void cancel(Error reason);

    void may_send() override;
    void answered(Bytes body) override;
    void failed(Error error, ErrorDetail detail) override;

  private:
    void opened(Result<std::unique_ptr<UploadReader>> outcome);
    void read_next();
    void have(Result<Bytes> outcome);
    void report(Result<std::uint64_t> outcome);

    PoolRunner& pool_;
    std::shared_ptr<RequestChannel> channel_;
    Overwrite overwrite_;
    Callbacks callbacks_;
    std::string remote_;
    std::shared_ptr<UploadReader> reader_;  // shared with the task that is out
    Bytes ready_;                           // read, and not sent
    bool asked_ = false;
    bool done_ = false;
};

}  // namespace gantry::cs
