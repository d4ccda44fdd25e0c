#include <cs/net/fetcher.h>

#include <algorithm>

namespace gantry::cs {

Fetcher::Fetcher(FetchParts parts, FetchOptions options, std::shared_ptr<LocalTarget> target,
                 FetchProgress progress, Done done)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      target_(std::move(target)),
      progress_(std::move(progress)),
      done_(std::move(done)) {}

void Fetcher::start(std::vector<FetchItem> items) {
    items_ = std::move(items);
    std::int64_t expected = 0;
    for (const auto& item : items_) expected += static_cast<std::int64_t>(item.size);
    if (expected > 0) (void)progress_.expected(expected);
    start_more();
}

void Fetcher::start_more() {
    if (starting_) return;
    const auto self = shared_from_this();
    starting_ = true;
    while (!summary_.fatal && next_ < items_.size() && running_.size() < limits::kFilesAtOnce)
        start_one(next_++);
    starting_ = false;
    const bool over = running_.empty() && (summary_.fatal || next_ == items_.size());
    if (over && done_) conclude();
}

void Fetcher::conclude() {
    if (items_.size() == 1 || summary_.files == 0) return finish();
    if (std::exchange(concluding_, true)) return;
    parts_.pool.run([target = target_] { return target->sync(); },
                    [self = shared_from_this()](Result<void> synced) {
                        if (!synced && !self->summary_.fatal)
                            self->summary_.fatal = std::move(synced).error();
                        self->finish();
                    });
}

void Fetcher::finish() {
    auto done = std::move(done_);
    (void)done(std::move(summary_));
}

// A large file takes all channels, small ones take turns.
FileFetch::Channels Fetcher::channels_for(std::size_t index) const {
    FileFetch::Channels all{parts_.channel};
    all.insert(all.end(), parts_.more.begin(), parts_.more.end());
    const auto size = items_[index].size;
    const bool small = size > 0 && size <= options_.range;
    return small ? FileFetch::Channels{all[index % all.size()]} : all;
}

void Fetcher::start_one(std::size_t index) {
    const auto& item = items_[index];
    const bool small = item.size > 0 && item.size <= PieceMessage::kPiece;
    FileFetch::Options options{
        {target_, item.local, options_.overwrite, options_.digests, options_.resume,
         options_.verify, options_.sha256, options_.keep_modified,
         items_.size() == 1 ? Durability::now : Durability::later},
        item.remote,
        small,
        options_.range,
        options_.sealed};
    const auto self = shared_from_this();
    FileFetch::Callbacks callbacks{
        [self, index](std::uint64_t size) { self->began(index, size); },
        [self, index](std::uint64_t more) { self->progressed(index, more); },
        [self, index](Result<FileOutcome> outcome, ErrorDetail detail) {
            self->finished(index, std::move(outcome), detail);
        }};
    auto fetch = std::make_shared<FileFetch>(parts_.pool, channels_for(index), std::move(options),
                                             std::move(callbacks));
    running_[index].fetch = fetch;
    fetch->start();
}

void Fetcher::began(std::size_t index, std::uint64_t size) {
    const auto more =
        static_cast<std::int64_t>(size) - static_cast<std::int64_t>(items_[index].size);
    if (more != 0) (void)progress_.expected(more);
    if (items_.size() == 1 || size < kOwnJob) return;
    auto& running = running_[index];
    running.job = parts_.job.child(items_[index].local);
    if (running.job) running.job->set_total(ByteCount(size));
}

void Fetcher::progressed(std::size_t index, std::uint64_t more) {
    auto& running = running_[index];
    running.written += more;
    if (running.job) running.job->progress(ByteCount(running.written));
    (void)progress_.written(more);
}

void Fetcher::finished(std::size_t index, Result<FileOutcome> outcome, ErrorDetail detail) {
    const auto self = shared_from_this();
    auto node = running_.extract(index);
    if (auto& job = node.mapped().job; job)
        job->finish(outcome ? Result<void>() : Result<void>(outcome.error()));
    if (outcome) {
        ++summary_.files;
        summary_.bytes += outcome->bytes;
        summary_.last = std::move(*outcome);
    } else {
        note_failure(index, std::move(outcome).error(), detail);
    }
    start_more();
}

void Fetcher::note_failure(std::size_t index, Error error, ErrorDetail detail) {
    if (error.context.empty()) error.context = items_[index].remote;
    const auto reason = error;
    ++summary_.failed;
    if (summary_.failures.size() < limits::kMaxFailuresKept)
        summary_.failures.push_back({items_[index].remote, std::move(error), detail});
    if (concerns_all(reason)) cancel(reason);
}

bool Fetcher::concerns_all(const Error& error) const {
    return error.code == ErrorCode::no_space || error.code == ErrorCode::cancelled ||
           (!parts_.channel->usable() &&
            std::ranges::none_of(parts_.more, [](const auto& c) { return c->usable(); }));
}

void Fetcher::cancel(const Error& reason) {
    if (!summary_.fatal) summary_.fatal = reason;
    std::vector<std::shared_ptr<FileFetch>> fetches;
    for (auto& [index, running] : running_) fetches.push_back(running.fetch);
    for (const auto& fetch : fetches) fetch->cancel(reason);
    if (running_.empty()) start_more();
}

}  // namespace gantry::cs
