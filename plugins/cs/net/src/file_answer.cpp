#include <cs/net/file_answer.h>
#include <cs/net/limits.h>

namespace gantry::cs {

FileAnswer::FileAnswer(ServerResources& resources, AnswerSink sink, FileWanted wanted)
    : resources_(resources), sink_(std::move(sink)), wanted_(std::move(wanted)) {}

// Closing a file can block.
FileAnswer::~FileAnswer() {
    if (!reader_ || reader_->kept()) return;
    resources_.pool.run(
        [reader = std::move(reader_)]() mutable {
            reader.reset();
            return Result<void>();
        },
        [slot = std::move(slot_)](Result<void>) {});
}

void FileAnswer::start() {
    resources_.slots.acquire(sink_.client, resources_.loop,
                             [weak = weak_from_this()](FileSlot slot) {
                                 const auto self = weak.lock();
                                 if (!self) return;
                                 self->slot_ = std::move(slot);
                                 self->open();
                             });
}

void FileAnswer::open() {
    resources_.pool.run(
        [&resources = resources_, request = wanted_.request, keep = sink_.core.largest_whole()] {
            return FileReader::open(resources.store, request, resources.digests, keep);
        },
        [weak = weak_from_this()](Result<std::unique_ptr<FileReader>> outcome) {
            if (const auto self = weak.lock()) self->opened(std::move(outcome));
        });
}

void FileAnswer::opened(Result<std::unique_ptr<FileReader>> outcome) {
    if (!outcome) return refuse(std::move(outcome).error());
    if (!*outcome)
        return refuse(make_error(ErrorCode::usage, "cs", "this is a folder; list it instead"),
                      ErrorDetail::is_folder);
    reader_ = std::move(*outcome);
    if (reader_->kept()) return send_kept();
    sink_.core.begin_file(wanted_.id, reader_->response(), reader_->span());
    offer();
}

void FileAnswer::send_kept() {
    auto content = reader_->take_kept();
    sent_ = content.size();
    sink_.core.send_whole(wanted_.id, reader_->response(), std::move(content));
    for (const auto& piece : reader_->take_pieces()) sink_.core.tell_piece(wanted_.id, piece);
    sink_.core.finish_file(wanted_.id, reader_->end());
    ended_ = true;
    (void)sink_.changed();
}

// Tells the core what is ready, and reads on when not too much of that is unsent.
void FileAnswer::offer() {
    for (const auto& piece : reader_->take_pieces()) sink_.core.tell_piece(wanted_.id, piece);
    sink_.core.offer_file(wanted_.id, reader_->ready());
    if (reader_->complete()) {
        sink_.core.finish_file(wanted_.id, reader_->end());
        ended_ = true;
    } else if (reader_->ready() < sent_ + limits::kReadAhead) {
        read_more();
    }
    (void)sink_.changed();
}

void FileAnswer::read_more() {
    reading_ = true;
    resources_.pool.run([reader = reader_] { return reader->read_step(); },
                        [weak = weak_from_this()](Result<void> outcome) {
                            const auto self = weak.lock();
                            if (!self) return;
                            self->reading_ = false;
                            if (!outcome) return self->refuse(std::move(outcome).error());
                            self->offer();
                        });
}

void FileAnswer::advance(std::uint64_t sent) {
    sent_ += sent;
    const bool hungry = reader_ && !reading_ && !ended_;
    if (hungry && reader_->ready() < sent_ + limits::kReadAhead) read_more();
}

void FileAnswer::refuse(Error error, ErrorDetail detail) {
    ended_ = true;
    error_ = std::move(error);
    sink_.core.refuse(wanted_.id, *error_, detail);
    (void)sink_.changed();
}

}  // namespace gantry::cs
