#pragma once

#include <cs/net/fetcher.h>
#include <cs/net/file_upload.h>

namespace gantry::cs {

struct UploadSummary {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t resumed = 0;  // of them, that were there from an earlier try
    std::uint64_t failed = 0;
    std::vector<FailedItem> failures;  // the first limits::kMaxFailuresKept of them
    std::optional<Error> fatal;        // why the rest was not tried
};

// Sends a list of files over one channel, limits::kUploadsAtOnce at a time, and goes on when one
// fails, unless the failure will meet the others too: no space, a read-only server, a lost
// connection, cancellation. Loop thread only.
class Uploader : public std::enable_shared_from_this<Uploader> {
  public:
    using Done = Callback<UploadSummary>;
    // `sent` tells of the bytes that went since it was told the last time.
    Uploader(FetchParts parts, UploadOptions options, Callback<std::uint64_t> expected,
             Callback<std::uint64_t> sent, Done done);

    void start(std::vector<UploadItem> items);
    void cancel(const Error& reason);

  private:
    void start_more();
    void start_one(std::size_t index);
    void finished(std::size_t index, Result<UploadOutcome> outcome);
    bool concerns_all(const Error& error) const;

    FetchParts parts_;
    UploadOptions options_;
    Callback<std::uint64_t> expected_;
    Callback<std::uint64_t> sent_;
    Done done_;
    std::vector<UploadItem> items_;
    std::size_t next_ = 0;
    std::map<std::size_t, std::shared_ptr<FileUpload>> running_;  // by index
    UploadSummary summary_;
    bool starting_ = false;
};

}  // namespace gantry::cs
