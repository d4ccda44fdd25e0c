#include <cs/net/uploader.h>

namespace gantry::cs {

Uploader::Uploader(FetchParts parts, UploadOptions options, Callback<std::uint64_t> expected,
                   Callback<std::uint64_t> sent, Done done)
    : parts_(std::move(parts)),
      options_(options),
      expected_(std::move(expected)),
      sent_(std::move(sent)),
      done_(std::move(done)) {}

void Uploader::start(std::vector<UploadItem> items) {
    items_ = std::move(items);
    start_more();
}

void Uploader::start_more() {
    if (starting_) return;
    const auto self = shared_from_this();
    starting_ = true;
    while (!summary_.fatal && next_ < items_.size() && running_.size() < limits::kUploadsAtOnce)
        start_one(next_++);
    starting_ = false;
    const bool over = running_.empty() && (summary_.fatal || next_ == items_.size());
    if (!over || !done_) return;
    auto done = std::move(done_);
    (void)done(std::move(summary_));
}

void Uploader::start_one(std::size_t index) {
    const auto self = shared_from_this();
    FileUpload::Callbacks callbacks{[self](std::uint64_t size) { (void)self->expected_(size); },
                                    [self](std::uint64_t more) { (void)self->sent_(more); },
                                    [self, index](Result<UploadOutcome> outcome) {
                                        self->finished(index, std::move(outcome));
                                    }};
    auto upload =
        std::make_shared<FileUpload>(parts_.pool, parts_.channel, options_, std::move(callbacks));
    running_[index] = upload;
    upload->start(items_[index]);
}

void Uploader::finished(std::size_t index, Result<UploadOutcome> outcome) {
    running_.erase(index);
    if (outcome) {
        ++summary_.files;
        summary_.bytes += outcome->bytes;
        summary_.resumed += outcome->resumed;
        return start_more();
    }
    auto error = std::move(outcome).error();
    if (error.context.empty()) error.context = items_[index].shown;
    ++summary_.failed;
    if (summary_.failures.size() < limits::kMaxFailuresKept)
        summary_.failures.push_back({items_[index].remote, error, ErrorDetail::none});
    if (concerns_all(error)) cancel(error);
    start_more();
}

bool Uploader::concerns_all(const Error& error) const {
    return error.code == ErrorCode::no_space || error.code == ErrorCode::cancelled ||
           error.code == ErrorCode::denied || !parts_.channel->usable();
}

void Uploader::cancel(const Error& reason) {
    if (summary_.fatal) return;
    summary_.fatal = reason;
    const auto self = shared_from_this();
    const auto running = running_;
    for (const auto& [index, upload] : running) upload->cancel(reason);
    start_more();
}

}  // namespace gantry::cs
