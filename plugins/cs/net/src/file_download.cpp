#include <cs/net/file_download.h>

namespace gantry::cs {

FileDownload::FileDownload(PoolRunner& pool, FileWriter::Options options, Callbacks callbacks)
    : pool_(pool), options_(std::move(options)), callbacks_(std::move(callbacks)) {}

void FileDownload::cancel(Error reason) { fail(std::move(reason), ErrorDetail::none); }

void FileDownload::file_began(const FileResponse& response) {
    if (failure_) return;
    writer_ = std::make_shared<FileWriter>(std::move(options_), response);
    (void)callbacks_.began(response);
}

void FileDownload::file_bytes(std::uint64_t, ByteView bytes, const ReceiveBuffer& buffer) {
    if (!failure_) parts_.push_back({bytes, buffer});
}

void FileDownload::file_ended(const FileEnd& end) { end_ = end; }

void FileDownload::failed(Error error, ErrorDetail detail) { fail(std::move(error), detail); }

void FileDownload::settled() { work(); }

void FileDownload::work() {
    if (working_ || failure_ || done_ || (parts_.empty() && !end_)) return;
    working_ = true;
    pool_.run(
        [writer = writer_, parts = std::exchange(parts_, {}),
         end = std::exchange(end_, std::nullopt)]() mutable -> Result<bool> {
            std::vector<ByteView> views;
            views.reserve(parts.size());
            for (const auto& part : parts) views.push_back(part.bytes);
            if (!views.empty())
                if (auto written = writer->write(views); !written)
                    return std::move(written).error();
            parts.clear();  // the network may use the blocks again
            if (!end) return false;
            if (auto finished = writer->finish(*end); !finished) return std::move(finished).error();
            return true;
        },
        [self = shared_from_this()](Result<bool> outcome) { self->worked(std::move(outcome)); });
}

void FileDownload::worked(Result<bool> outcome) {
    working_ = false;
    const bool whole = outcome && *outcome;  // then it has its name, whatever failed meanwhile
    if (failure_ && !whole) return discard();
    if (!outcome) return fail(std::move(outcome).error(), ErrorDetail::none);
    const auto more = writer_->written() - std::exchange(told_, writer_->written());
    if (more > 0) (void)callbacks_.progress(more);
    if (!*outcome) return work();
    report(FileOutcome{writer_->written(), writer_->shown(), writer_->check_hex(),
                       writer_->digest_hex()},
           ErrorDetail::none);
}

void FileDownload::fail(Error error, ErrorDetail detail) {
    if (failure_ || done_) return;
    failure_ = FileFailure{std::move(error), detail};
    parts_.clear();
    if (!working_) discard();
}

// Takes back what was written, on the pool, and then says so.
void FileDownload::discard() {
    auto drop = [writer = std::move(writer_)]() mutable {
        writer.reset();
        return Result<void>();
    };
    pool_.run(std::move(drop), [self = shared_from_this()](Result<void>) {
        self->report(self->failure_->error, self->failure_->detail);
    });
}

void FileDownload::report(Result<FileOutcome> outcome, ErrorDetail detail) {
    if (std::exchange(done_, true)) return;
    auto done = std::move(callbacks_.done);
    (void)done(std::move(outcome), detail);
}

}  // namespace gantry::cs
