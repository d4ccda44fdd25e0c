#pragma once

#include <cs/net/file_fetch.h>
#include <cs/net/limits.h>
#include <cs/net/request_channel.h>
#include <gantry/job/job.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gantry::cs {

// What the downloads of one command share. All but the channel outlive them.
struct FetchParts {
    EventLoop& loop;
    PoolRunner& pool;
    Job& job;
    std::shared_ptr<RequestChannel> channel;
    std::vector<std::shared_ptr<RequestChannel>> more;  // to the same server
};

// What a download tells while it runs, in bytes since it was told the last time.
struct FetchProgress {
    Callback<std::int64_t> expected;  // there is more to come than was known, or less
    Callback<std::uint64_t> written;
};

struct FetchOptions {
    bool verify = true;
    Overwrite overwrite = Overwrite::yes;
    MakeDigest digests;  // empty: files can be checked by CRC alone
    bool resume = false;
    bool sha256 = false;                   // tell it of each file
    std::uint64_t range = limits::kRange;  // of one request, with several channels
    bool keep_modified = false;            // files get the time that they have on the server
    std::shared_ptr<const FileAsker> sealed = nullptr;  // files are asked for as encrypted ones
};

struct FetchItem {
    std::string remote;      // path on the server
    std::string local;       // below the target
    std::uint64_t size = 0;  // as far as it is known before
};

struct FailedItem {
    std::string remote;
    Error error;
    ErrorDetail detail = ErrorDetail::none;
};

struct FetchSummary {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t failed = 0;
    std::vector<FailedItem> failures;  // the first limits::kMaxFailuresKept of them
    std::optional<Error> fatal;        // why the rest was not tried
    FileOutcome last;                  // the file that arrived last
};

// Fetches a list of files into one target over one channel or several, limits::kFilesAtOnce at a
// time, and goes on when one fails, unless the failure will meet the others too: no space, a lost
// connection, cancellation. Several files are made to last together, when the last has come. Loop
// thread only.
class Fetcher : public std::enable_shared_from_this<Fetcher> {
  public:
    using Done = Callback<FetchSummary>;
    Fetcher(FetchParts parts, FetchOptions options, std::shared_ptr<LocalTarget> target,
            FetchProgress progress, Done done);

    void start(std::vector<FetchItem> items);
    // done() follows when nothing is left to do on the disk.
    void cancel(const Error& reason);

  private:
    // A larger file gets a job of its own below the command's.
    static constexpr std::uint64_t kOwnJob = 8 * 1024 * 1024;
    struct Running {
        std::shared_ptr<FileFetch> fetch;
        std::unique_ptr<Job> job;
        std::uint64_t written = 0;
    };
    void start_more();
    void conclude();
    void finish();
    void start_one(std::size_t index);
    FileFetch::Channels channels_for(std::size_t index) const;
    void began(std::size_t index, std::uint64_t size);
    void progressed(std::size_t index, std::uint64_t more);
    void finished(std::size_t index, Result<FileOutcome> outcome, ErrorDetail detail);
    void note_failure(std::size_t index, Error error, ErrorDetail detail);
    bool concerns_all(const Error& error) const;

    FetchParts parts_;
    FetchOptions options_;
    std::shared_ptr<LocalTarget> target_;
    FetchProgress progress_;
    Done done_;
    std::vector<FetchItem> items_;
    std::size_t next_ = 0;
    std::map<std::size_t, Running> running_;  // by index
    FetchSummary summary_;
    bool starting_ = false;
    bool concluding_ = false;
};

}  // namespace gantry::cs
