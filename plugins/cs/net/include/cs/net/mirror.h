#pragma once

#include <cs/net/content_compare.h>
#include <cs/net/fetcher.h>
#include <cs/net/listing_collector.h>
#include <cs/net/mirror_target.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::cs {

struct MirrorOptions {
    bool remove = false;    // what only this side has, once all was copied
    bool dry_run = false;   // change nothing
    bool checksum = false;  // compare the content of files whose size fits
    FetchOptions fetch;     // how; its digests compare content as well
};

struct MirrorResult {
    MirrorPlan plan;  // of a dry run; else what is left of it
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t deleted = 0;
    std::uint64_t failed = 0;
    std::uint64_t skipped = 0;     // links and devices: they are not copied
    std::uint64_t unreadable = 0;  // folders, there and here, that could not be read
    bool kept = false;             // nothing was deleted, since not all was copied
    std::vector<FailedItem> failures;
    std::optional<Error> error;  // why it did not succeed; partial when some did
};

// Makes a local folder like one on a server: lists both, copies what differs with the time it has
// there, and last of all deletes what only this side has. Loop thread only.
class Mirror : public std::enable_shared_from_this<Mirror> {
  public:
    using Done = Callback<MirrorResult>;
    // `remote` is a folder there, "" the root. `local` is made when something is to be copied.
    Mirror(FetchParts parts, MirrorOptions options, std::string remote, std::string local,
           OpenStore open, FetchProgress progress, Done done);
    void start();
    // `done` follows when nothing is at work on the disk.
    void cancel(Error reason);

  private:
    static constexpr std::size_t kRemoveStep = 256;

    void listed(Result<CollectedListing> listing);
    void planned(Result<MirrorPlan> plan);
    void compare();
    void make_folders();
    void fetch();
    void fetched(FetchSummary summary);
    void block();
    void remove_extra();
    void removed(Result<std::size_t> count);
    void conclude();
    void finish(std::optional<Error> error);

    FetchParts parts_;
    MirrorOptions options_;
    std::string remote_;
    std::shared_ptr<MirrorTarget> target_;
    std::shared_ptr<LocalTarget> place_;  // the same folder, for what is fetched
    FetchProgress progress_;
    Done done_;
    MirrorResult result_;
    std::shared_ptr<ListingCollector> collector_;
    std::shared_ptr<ContentCompare> compare_;
    std::shared_ptr<Fetcher> fetcher_;
    std::optional<Error> cancelled_;
};

}  // namespace gantry::cs
