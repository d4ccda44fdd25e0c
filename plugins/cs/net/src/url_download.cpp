#include <cs/net/url_download.h>

namespace gantry::cs {

namespace {

Error cancelled() { return make_error(ErrorCode::cancelled, "cs", "the download was cancelled"); }

std::string last_component(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// A folder's content as work to do. An Error when a name could lead out of the target: nothing of
// such a listing is believed.
struct FolderWork {
    std::vector<std::string> folders;
    std::vector<FetchItem> files;
    std::uint64_t skipped = 0;
};

Result<FolderWork> plan_folder(const std::string& remote,
                               const std::vector<ListingEntry>& entries) {
    FolderWork work;
    for (const auto& entry : entries) {
        auto name = normalize_path(entry.name);
        if (!name || name->empty())
            return make_error(ErrorCode::denied, "cs",
                              "the server lists a name that could lead out of the folder",
                              entry.name);
        if (entry.type == EntryType::folder) {
            work.folders.push_back(*name);
        } else if (entry.type == EntryType::file) {
            work.files.push_back({join_path(remote, *name), *name, entry.size});
        } else {
            ++work.skipped;
        }
    }
    return work;
}

}  // namespace

UrlDownload::UrlDownload(FetchParts parts, FetchOptions options, DownloadPlan plan,
                         FetchProgress progress, Done done)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      plan_(std::move(plan)),
      progress_(std::move(progress)),
      done_(std::move(done)) {}

void UrlDownload::start() {
    if (plan_.folder)
        list_folder();
    else
        fetch_file();
}

void UrlDownload::cancel() {
    if (std::exchange(cancelled_, true)) return;
    const auto self = shared_from_this();
    if (fetcher_) return fetcher_->cancel(cancelled());
    if (collector_) {
        parts_.channel->forget(*collector_);
        finish(cancelled());
    }
}

std::shared_ptr<Fetcher> UrlDownload::make_fetcher(std::shared_ptr<LocalTarget> target,
                                                   Fetcher::Done done) {
    return std::make_shared<Fetcher>(parts_, options_, std::move(target),
                                     FetchProgress{[self = shared_from_this()](std::int64_t more) {
                                                       (void)self->progress_.expected(more);
                                                   },
                                                   [self = shared_from_this()](std::uint64_t more) {
                                                       (void)self->progress_.written(more);
                                                   }},
                                     std::move(done));
}

void UrlDownload::fetch_file() {
    fetcher_ = make_fetcher(plan_.file_target, [self = shared_from_this()](FetchSummary summary) {
        self->file_done(std::move(summary));
    });
    fetcher_->start({{plan_.remote, last_component(plan_.remote), 0}});
}

void UrlDownload::file_done(FetchSummary summary) {
    fetcher_.reset();
    if (summary.failures.empty() && !summary.fatal) {
        result_.files = 1;
        result_.bytes = summary.bytes;
        result_.file = std::move(summary.last);
        return finish(std::nullopt);
    }
    const bool folder =
        !summary.failures.empty() && summary.failures.front().detail == ErrorDetail::is_folder;
    if (folder && !cancelled_) return list_folder();
    finish(summary.failures.empty() ? *summary.fatal : summary.failures.front().error);
}

void UrlDownload::list_folder() {
    result_.folder = true;
    collector_ = std::make_shared<ListingCollector>(
        [self = shared_from_this()](Result<CollectedListing> listing) {
            self->listed(std::move(listing));
        });
    parts_.channel->ask(ListingRequest{plan_.remote, true}, collector_);
}

void UrlDownload::listed(Result<CollectedListing> listing) {
    if (!listing) {
        auto error = std::move(listing).error();
        if (error.context.empty()) error.context = plan_.remote;
        return finish(std::move(error));
    }
    auto work = plan_folder(plan_.remote, listing->entries);
    if (!work) return finish(std::move(work).error());
    result_.skipped = work->skipped;
    result_.unreadable = listing->skipped;
    make_folders(std::move(work->folders), std::move(work->files));
}

void UrlDownload::make_folders(std::vector<std::string> names, std::vector<FetchItem> items) {
    names.insert(names.begin(), "");  // the target itself, for a folder that is empty
    parts_.pool.run(
        [target = plan_.folder_target, names = std::move(names)] {
            return target->make_folders(names);
        },
        [self = shared_from_this(), items = std::move(items)](Result<void> made) mutable {
            if (!made) return self->finish(std::move(made).error());
            self->fetch_all(std::move(items));
        });
}

void UrlDownload::fetch_all(std::vector<FetchItem> items) {
    if (cancelled_) return finish(cancelled());
    fetcher_ = make_fetcher(plan_.folder_target, [self = shared_from_this()](FetchSummary summary) {
        self->folder_done(std::move(summary));
    });
    fetcher_->start(std::move(items));
}

void UrlDownload::folder_done(FetchSummary summary) {
    fetcher_.reset();
    result_.files = summary.files;
    result_.bytes = summary.bytes;
    result_.failed = summary.failed;
    result_.failures = std::move(summary.failures);
    if (summary.fatal) return finish(std::move(summary.fatal));
    if (summary.failed == 0 && result_.unreadable == 0) return finish(std::nullopt);
    if (summary.failed > 0 && summary.files == 0) return finish(result_.failures.front().error);
    finish(make_error(ErrorCode::partial, "cs",
                      std::to_string(summary.failed) + " files failed, and " +
                          std::to_string(result_.unreadable) + " folders could not be read",
                      plan_.remote));
}

void UrlDownload::finish(std::optional<Error> error) {
    if (!done_) return;
    collector_.reset();
    result_.error = std::move(error);
    // A broken connection names the server; what was being fetched from it belongs there too.
    if (result_.error && result_.error->code == ErrorCode::network &&
        result_.error->context.find(plan_.remote) == std::string::npos)
        result_.error->context += "/" + plan_.remote;
    auto done = std::move(done_);
    (void)done(std::move(result_));
}

}  // namespace gantry::cs
