#pragma once

#include <cs/net/fetcher.h>
#include <cs/net/listing_collector.h>

#include <memory>
#include <string>

namespace gantry::cs {

// What one URL means on the local side.
struct DownloadPlan {
    std::string remote;                          // path on the server, "" for its root
    bool folder = false;                         // surely a folder: the URL ended in '/'
    std::shared_ptr<LocalTarget> file_target;    // for a file; it gets the remote's last component
    std::shared_ptr<LocalTarget> folder_target;  // for a folder, whose content goes there
};

struct DownloadResult {
    bool folder = false;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t skipped = 0;     // links and devices: they are not fetched
    std::uint64_t unreadable = 0;  // folders that the server could not read
    std::vector<FailedItem> failures;
    std::uint64_t failed = 0;
    std::optional<Error> error;  // why it did not succeed; partial when some did
    FileOutcome file;            // when it was one file
};

// Fetches what one URL names: a file, or a folder with all below it. Loop thread only.
class UrlDownload : public std::enable_shared_from_this<UrlDownload> {
  public:
    using Done = Callback<DownloadResult>;
    UrlDownload(FetchParts parts, FetchOptions options, DownloadPlan plan, FetchProgress progress,
                Done done);
    void start();
    void cancel();

  private:
    void fetch_file();
    void file_done(FetchSummary summary);
    void list_folder();
    void listed(Result<CollectedListing> listing);
    void make_folders(std::vector<std::string> names, std::vector<FetchItem> items);
    void fetch_all(std::vector<FetchItem> items);
    void folder_done(FetchSummary summary);
    std::shared_ptr<Fetcher> make_fetcher(std::shared_ptr<LocalTarget> target, Fetcher::Done done);
    void finish(std::optional<Error> error);

    FetchParts parts_;
    FetchOptions options_;
    DownloadPlan plan_;
    FetchProgress progress_;
    Done done_;
    DownloadResult result_;
    std::shared_ptr<Fetcher> fetcher_;
    std::shared_ptr<ListingCollector> collector_;
    bool cancelled_ = false;
};

}  // namespace gantry::cs
