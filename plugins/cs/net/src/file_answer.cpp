#include <cs/net/file_answer.h>
#include <cs/net/limits.h>

namespace gantry::cs {

// Closing a file can block.
FileAnswer::~FileAnswer() {
    if (!reader_ || reader_->kept()) return;
    drop_blocking(std::move(reader_));
}

void FileAnswer::start() { take_slot(&FileAnswer::open); }

void FileAnswer::open() {
    run(
        [&resources = resources(), request = wanted_.request, keep = sink_.core.largest_whole()] {
            return FileReader::open(resources.store, request, resources.digests, keep);
        },
        &FileAnswer::opened);
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
    run([reader = reader_] { return reader->read_step(); }, &FileAnswer::took_step);
}

void FileAnswer::took_step(Result<void> outcome) {
    reading_ = false;
    if (!outcome) return refuse(std::move(outcome).error());
    offer();
}

void FileAnswer::advance(std::uint64_t sent) {
    sent_ += sent;
    const bool hungry = reader_ && !reading_ && !ended_;
    if (hungry && reader_->ready() < sent_ + limits::kReadAhead) read_more();
}

}  // namespace gantry::cs
