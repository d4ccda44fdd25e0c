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

struct UploadOptions {
    Overwrite overwrite = Overwrite::yes;
    bool resume = false;  // large files go on where an earlier try broke off
};

struct UploadOutcome {
    std::uint64_t bytes = 0;    // of the file
    std::uint64_t resumed = 0;  // that were there from an earlier try
};

// One file on its way from the disk to a channel: what was read is sent when the channel has room,
// and meanwhile the next is read. Of a large file the server is first asked what it has kept, which
// is compared with the file here. Loop thread only.
class FileUpload : public AnswerHandler, public std::enable_shared_from_this<FileUpload> {
  public:
    struct Callbacks {
        Callback<std::uint64_t> expected;      // the file's size
        Callback<std::uint64_t> sent;          // bytes more that are there or on their way
        Callback<Result<UploadOutcome>> done;  // once
    };
    FileUpload(PoolRunner& pool, std::shared_ptr<RequestChannel> channel, UploadOptions options,
               Callbacks callbacks);

    void start(UploadItem item);
    // Gives up; done() comes before it returns: with `reason`, or with `interrupted` when the
    // server keeps what has come.
    void cancel(Error reason);

    void file_ended(const FileEnd& end) override;
    void may_send() override;
    void answered(Bytes body) override;
    void failed(Error error, ErrorDetail detail) override;

  private:
    void opened(Result<std::unique_ptr<UploadReader>> outcome);
    void look();
    void compare(const FileEnd& there);
    void compared(const FileEnd& there);
    void put(bool keep);
    void read_next();
    void have(Result<Bytes> outcome);
    void give_up(Error error);
    void report(Result<UploadOutcome> outcome);

    PoolRunner& pool_;
    std::shared_ptr<RequestChannel> channel_;
    UploadOptions options_;
    Callbacks callbacks_;
    std::string remote_;
    std::shared_ptr<UploadReader> reader_;  // shared with the task that is out
    Bytes ready_;                           // read, and not sent
    std::uint64_t resumed_ = 0;
    bool looking_ = false;  // for what the server has kept
    bool kept_ = false;     // by the server, when this breaks off
    bool asked_ = false;
    bool done_ = false;
};

}  // namespace gantry::cs
