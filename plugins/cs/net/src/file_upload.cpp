#include <cs/net/file_upload.h>
#include <cs/net/interruption.h>
#include <cs/wire/piece_message.h>

namespace gantry::cs {

FileUpload::FileUpload(PoolRunner& pool, std::shared_ptr<RequestChannel> channel,
                       UploadOptions options, Callbacks callbacks)
    : pool_(pool),
      channel_(std::move(channel)),
      options_(options),
      callbacks_(std::move(callbacks)) {}

void FileUpload::start(UploadItem item) {
    remote_ = std::move(item.remote);
    pool_.run([store = std::move(item.store),
               path = std::move(item.path)] { return UploadReader::open(store, path); },
              [self = shared_from_this()](Result<std::unique_ptr<UploadReader>> outcome) {
                  self->opened(std::move(outcome));
              });
}

void FileUpload::opened(Result<std::unique_ptr<UploadReader>> outcome) {
    if (done_) return;
    if (!outcome) return report(std::move(outcome).error());
    reader_ = std::move(*outcome);
    (void)callbacks_.expected(reader_->size());
    if (options_.resume && reader_->size() > PieceMessage::kPiece)
        look();
    else
        put(false);
}

void FileUpload::look() {
    looking_ = asked_ = true;
    channel_->ask(HashRequest{remote_, CheckAlgorithm::crc32c, reader_->name()},
                  shared_from_this());
}

void FileUpload::file_ended(const FileEnd& end) {
    if (done_ || !std::exchange(looking_, false)) return;
    end.total <= reader_->size() ? compare(end) : put(true);
}

void FileUpload::compare(const FileEnd& there) {
    if (done_) return;
    if (reader_->position() == there.total) return compared(there);
    pool_.run([reader = reader_, until = there.total] { return reader->skip_step(until); },
              [self = shared_from_this(), there](Result<void> outcome) {
                  if (self->done_) return;
                  if (!outcome) return self->report(std::move(outcome).error());
                  self->compare(there);
              });
}

void FileUpload::compared(const FileEnd& there) {
    if (reader_->check() == there.check)
        resumed_ = there.total;
    else
        reader_->restart();
    if (resumed_ > 0) (void)callbacks_.sent(resumed_);
    put(true);
}

void FileUpload::put(bool keep) {
    if (done_) return;
    PutRequest request{remote_, reader_->size(), CheckAlgorithm::crc32c,
                       options_.overwrite == Overwrite::yes};
    if (keep) request.upload = reader_->name();
    request.offset = resumed_;
    if (resumed_ > 0) request.before = reader_->check();
    kept_ = keep;
    asked_ = true;
    channel_->ask(std::move(request), shared_from_this());
    read_next();
}

void FileUpload::read_next() {
    pool_.run(
        [reader = reader_] { return reader->read_step(); },
        [self = shared_from_this()](Result<Bytes> outcome) { self->have(std::move(outcome)); });
}

void FileUpload::have(Result<Bytes> outcome) {
    if (done_) return;
    if (!outcome) return report(std::move(outcome).error());
    ready_ = std::move(*outcome);
    channel_->ready_to_send(*this);
}

void FileUpload::may_send() {
    if (done_) return;
    const auto self = shared_from_this();
    const auto bytes = std::exchange(ready_, {});
    channel_->send_upload(*this, bytes);
    if (done_) return;
    if (reader_->complete())
        channel_->end_upload(*this, reader_->end());
    else
        read_next();
    if (!bytes.empty()) (void)callbacks_.sent(bytes.size());
}

void FileUpload::answered(Bytes) { report(UploadOutcome{reader_->size(), resumed_}); }

// Without what was kept, it is sent from its start; a server that knows no uploads by name keeps
// nothing.
void FileUpload::failed(Error error, ErrorDetail) {
    const bool nothing = looking_ && channel_->usable();
    if (!nothing || error.code == ErrorCode::cancelled) return give_up(std::move(error));
    looking_ = false;
    put(error.code == ErrorCode::not_found);
}

void FileUpload::cancel(Error reason) { give_up(std::move(reason)); }

void FileUpload::give_up(Error error) {
    if (kept_ && is_interruption(error)) error = interrupted(error, "the server keeps what came");
    report(std::move(error));
}

void FileUpload::report(Result<UploadOutcome> outcome) {
    if (std::exchange(done_, true)) return;
    const auto self = shared_from_this();
    if (!outcome && asked_) channel_->forget(*this);
    auto done = std::move(callbacks_.done);
    (void)done(std::move(outcome));
}

}  // namespace gantry::cs
