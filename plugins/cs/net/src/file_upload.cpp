#include <cs/net/file_upload.h>

namespace gantry::cs {

FileUpload::FileUpload(PoolRunner& pool, std::shared_ptr<RequestChannel> channel,
                       Overwrite overwrite, Callbacks callbacks)
    : pool_(pool),
      channel_(std::move(channel)),
      overwrite_(overwrite),
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
    asked_ = true;
    channel_->ask(
        PutRequest{remote_, reader_->size(), CheckAlgorithm::crc32c, overwrite_ == Overwrite::yes},
        shared_from_this());
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

void FileUpload::answered(Bytes) { report(reader_->size()); }

void FileUpload::failed(Error error, ErrorDetail) { report(std::move(error)); }

void FileUpload::cancel(Error reason) { report(std::move(reason)); }

void FileUpload::report(Result<std::uint64_t> outcome) {
    if (std::exchange(done_, true)) return;
    const auto self = shared_from_this();
    if (!outcome && asked_) channel_->forget(*this);
    auto done = std::move(callbacks_.done);
    (void)done(std::move(outcome));
}

}  // namespace gantry::cs
