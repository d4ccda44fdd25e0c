#include <cs/net/mirror.h>

namespace gantry::cs {

Mirror::Mirror(FetchParts parts, MirrorOptions options, std::string remote, std::string local,
               OpenStore open, FetchProgress progress, Done done)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      remote_(std::move(remote)),
      target_(std::make_shared<MirrorTarget>(open, local)),
      place_(std::make_shared<LocalTarget>(std::move(open), std::move(local),
                                           LocalTarget::Kind::folder)),
      progress_(std::move(progress)),
      done_(std::move(done)) {
    options_.fetch.keep_modified = true;
    options_.fetch.overwrite = Overwrite::yes;
}

void Mirror::start() {
    collector_ = std::make_shared<ListingCollector>(
        [self = shared_from_this()](Result<CollectedListing> listing) {
            self->listed(std::move(listing));
        });
    const auto folder = remote_.empty() ? remote_ : remote_ + "/";
    parts_.channel->ask(ListingRequest{folder, true}, collector_);
}

void Mirror::cancel(Error reason) {
    if (cancelled_) return;
    const auto self = shared_from_this();
    cancelled_ = std::move(reason);
    if (compare_) return compare_->cancel(*cancelled_);
    if (fetcher_) return fetcher_->cancel(*cancelled_);
    if (!collector_) return;  // a step on the pool sees it when it comes back
    parts_.channel->forget(*collector_);
    finish(cancelled_);
}

void Mirror::listed(Result<CollectedListing> listing) {
    collector_.reset();
    if (!listing) {
        auto error = std::move(listing).error();
        if (error.context.empty()) error.context = "/" + remote_;
        return finish(std::move(error));
    }
    result_.unreadable = listing->skipped;
    parts_.pool.run(
        [target = target_, remote = std::make_shared<CollectedListing>(std::move(*listing)),
         checksum = options_.checksum]() -> Result<MirrorPlan> {
            auto local = target->read();
            if (!local) return std::move(local).error();
            return plan_mirror(remote->entries, *local, checksum);
        },
        [self = shared_from_this()](Result<MirrorPlan> plan) { self->planned(std::move(plan)); });
}

void Mirror::planned(Result<MirrorPlan> plan) {
    if (cancelled_) return finish(cancelled_);
    if (!plan) return finish(std::move(plan).error());
    result_.plan = std::move(*plan);
    result_.unchanged = result_.plan.unchanged;
    result_.skipped = result_.plan.skipped;
    result_.unreadable += target_->unreadable();
    block();
    compare();
}

// What cannot be made has failed before anything is tried.
void Mirror::block() {
    for (auto& path : result_.plan.blocked) {
        ++result_.failed;
        if (result_.failures.size() == limits::kMaxFailuresKept) continue;
        result_.failures.push_back(
            {path, make_error(ErrorCode::exists, "cs",
                              "something else has this name, or that of a folder above it", path)});
    }
}

void Mirror::compare() {
    auto& plan = result_.plan;
    if (plan.compare.empty()) return make_folders();
    const auto count = plan.compare.size();
    compare_ = std::make_shared<ContentCompare>(
        parts_, options_.fetch.digests, target_, remote_,
        [self = shared_from_this(), count](Result<std::vector<MirrorFile>> different) {
            self->compare_.reset();
            if (!different) return self->finish(std::move(different).error());
            self->result_.unchanged += count - different->size();
            auto& fetch = self->result_.plan.fetch;
            fetch.insert(fetch.end(), different->begin(), different->end());
            self->make_folders();
        });
    compare_->start(std::exchange(plan.compare, {}));
}

void Mirror::make_folders() {
    if (options_.dry_run) return conclude();
    auto names = result_.plan.folders;
    names.insert(names.begin(), "");  // the folder itself, when there is nothing to put into it
    parts_.pool.run(
        [target = place_, names = std::move(names)] { return target->make_folders(names); },
        [self = shared_from_this()](Result<void> made) {
            if (self->cancelled_) return self->finish(self->cancelled_);
            if (!made) return self->finish(std::move(made).error());
            self->fetch();
        });
}

void Mirror::fetch() {
    std::vector<FetchItem> items;
    for (auto& file : result_.plan.fetch) {
        auto remote = join_path(remote_, file.path);
        items.push_back({std::move(remote), std::move(file.path), file.size});
    }
    result_.plan.fetch.clear();
    const auto self = shared_from_this();
    fetcher_ = std::make_shared<Fetcher>(
        parts_, options_.fetch, place_,
        FetchProgress{[self](std::int64_t more) { (void)self->progress_.expected(more); },
                      [self](std::uint64_t more) { (void)self->progress_.written(more); }},
        [self](FetchSummary summary) { self->fetched(std::move(summary)); });
    fetcher_->start(std::move(items));
}

void Mirror::fetched(FetchSummary summary) {
    fetcher_.reset();
    result_.files = summary.files;
    result_.bytes = summary.bytes;
    result_.failed += summary.failed;
    for (auto& failure : summary.failures)
        if (result_.failures.size() < limits::kMaxFailuresKept)
            result_.failures.push_back(std::move(failure));
    if (summary.fatal) return finish(std::move(summary.fatal));
    const bool whole = result_.failed == 0 && result_.unreadable == 0;
    result_.kept = options_.remove && !whole && !result_.plan.extra.empty();
    if (!options_.remove || !whole) return conclude();
    remove_extra();
}

void Mirror::remove_extra() {
    if (cancelled_) return finish(cancelled_);
    if (result_.deleted == result_.plan.extra.size()) return conclude();
    parts_.pool.run(
        [self = shared_from_this()] {
            return self->target_->remove(self->result_.plan.extra, self->result_.deleted,
                                         kRemoveStep);
        },
        [self = shared_from_this()](Result<std::size_t> count) {
            self->removed(std::move(count));
        });
}

void Mirror::removed(Result<std::size_t> count) {
    if (!count) return finish(std::move(count).error());
    result_.deleted += *count;
    remove_extra();
}

void Mirror::conclude() {
    if (result_.failed == 0 && result_.unreadable == 0) return finish(std::nullopt);
    finish(make_error(ErrorCode::partial, "cs",
                      std::to_string(result_.failed) + " items failed, and " +
                          std::to_string(result_.unreadable) + " folders could not be read",
                      "/" + remote_));
}

void Mirror::finish(std::optional<Error> error) {
    if (!done_) return;
    collector_.reset();  // which holds this
    result_.error = std::move(error);
    auto done = std::move(done_);
    (void)done(std::move(result_));
}

}  // namespace gantry::cs
