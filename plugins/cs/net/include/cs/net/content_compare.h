#pragma once

#include <cs/net/fetcher.h>
#include <cs/net/mirror_target.h>

#include <memory>
#include <vector>

namespace gantry::cs {

// Asks the server what files come to and compares that with what they come to here,
// limits::kFilesAtOnce at a time. Loop thread only.
class ContentCompare : public std::enable_shared_from_this<ContentCompare> {
  public:
    // Those that differ, or could not be compared. An Error when the connection was lost, or
    // cancel()'s.
    using Done = Callback<Result<std::vector<MirrorFile>>>;
    ContentCompare(FetchParts parts, MakeDigest digests, std::shared_ptr<MirrorTarget> target,
                   std::string remote, Done done);
    void start(std::vector<MirrorFile> files);
    void cancel(Error reason);

  private:
    class Reply;
    void start_more();
    void answered(std::size_t index, Result<CheckValue> value);
    void compared(std::size_t index, bool same);

    FetchParts parts_;
    MakeDigest digests_;
    std::shared_ptr<MirrorTarget> target_;
    std::string remote_;
    Done done_;
    std::vector<MirrorFile> files_;
    std::size_t next_ = 0;
    std::size_t running_ = 0;
    std::map<std::size_t, std::shared_ptr<Reply>> replies_;  // that have not come
    std::vector<MirrorFile> different_;
    std::optional<Error> error_;
};

}  // namespace gantry::cs
