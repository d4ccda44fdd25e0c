#pragma once

#include <cs/net/file_asker.h>
#include <cs/net/limits.h>
#include <cs/net/range_download.h>
#include <cs/net/request_channel.h>
#include <gantry/core/callback.h>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gantry::cs {

// One file, fetched from one server over one channel or several, in as many requests as it takes:
// what an earlier download left is not fetched again, and a piece that came damaged is, alone. With
// several channels the file is cut into ranges, which whichever channel is free asks for. Loop
// thread only.
class FileFetch : public std::enable_shared_from_this<FileFetch> {
  public:
    struct Options {
        PartialFile::Options file;
        std::string remote;  // path on the server
        bool small = false;  // of one piece, as far as is known: there is nothing to go on from
        std::uint64_t range = limits::kRange;               // of one request, with several channels
        std::shared_ptr<const FileAsker> sealed = nullptr;  // asks for it as an encrypted file
    };
    struct Callbacks {
        Callback<std::uint64_t> size;      // the whole file's, once it is known
        Callback<std::uint64_t> progress;  // bytes more that are there; first those from earlier
        Callback<Result<FileOutcome>, ErrorDetail> done;  // once; nothing is left to do on the disk
    };
    using Channels = std::vector<std::shared_ptr<RequestChannel>>;
    FileFetch(PoolRunner& pool, Channels channels, Options options, Callbacks callbacks);

    void start();
    // Gives up: done() comes with `reason`, or with ErrorCode::interrupted when the next download
    // can go on from here.
    void cancel(Error reason);

  private:
    struct Running {
        std::shared_ptr<RangeDownload> download;
        std::size_t channel = 0;
        FileSpan span;
    };
    void ask_all();
    void find_earlier();
    void looked(const Result<bool>& found);
    void recheck();
    void rechecked(const Result<bool>& all);
    void go_on();
    void ask_more();
    std::optional<std::size_t> free_channel() const;
    void ask(std::size_t channel, const FileSpan& span);
    FileRequest request_for(const FileSpan& span) const;
    void began(const FileResponse& response);
    void add(FileSpan span);
    void range_done(std::uint64_t key, Result<RangeOutcome> outcome, ErrorDetail detail);
    void take_outcome(const FileSpan& span, RangeOutcome outcome);
    void lost(const Running& range, Error error, ErrorDetail detail);
    void fail(Error error, ErrorDetail detail);
    void conclude();
    void finish();
    void give_up();
    void gave_up(const Result<std::uint64_t>& here);
    void report(Result<FileOutcome> outcome);

    PoolRunner& pool_;
    Channels channels_;
    Options options_;
    Callbacks callbacks_;
    std::shared_ptr<PartialFile> file_;
    std::optional<std::uint64_t> size_;  // of the whole file
    std::optional<Bytes> expect_;
    std::deque<FileSpan> todo_;
    std::map<std::uint64_t, Running> running_;
    std::uint64_t last_key_ = 0;
    std::map<std::uint64_t, int> tries_;  // of pieces that came damaged
    std::optional<RangeOutcome> whole_;   // of the one request for all of it
    std::optional<Error> failure_;
    ErrorDetail detail_ = ErrorDetail::none;
    bool busy_ = false;  // with a task that is no range's
    bool done_ = false;
};

}  // namespace gantry::cs
