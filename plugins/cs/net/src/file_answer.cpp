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
    if (sink_.send_from == SendFrom::memory) share_ = resources().copies.take();
    run_short(
        [&resources = resources(), request = wanted_.request, keep = sink_.core.largest_whole(),
         from = copies() ? SendFrom::memory : SendFrom::file] {
            return FileReader::open(resources.store, request, resources.digests, {keep, from});
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
    if (copies()) blocks_.push(reader_->take_kept());
    sink_.core.begin_file(wanted_.id, reader_->response(), reader_->span());
    offer();
}

void FileAnswer::send_kept() {
    auto content = reader_->take_kept();
    sent_ = content.size();
    share_.reset();
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
    } else if (hungry()) {
        read_more();
    }
    (void)sink_.changed();
}

bool FileAnswer::hungry() const noexcept {
    const auto ahead = copies() ? limits::kCopyAhead : limits::kReadAhead;
    return reader_ && !reading_ && !ended_ && reader_->ready() < sent_ + ahead;
}

void FileAnswer::read_more() {
    reading_ = true;
    copies() ? read_block() : read_step();
}

void FileAnswer::read_block() {
    run([reader = reader_,
         spare = blocks_.take_spare()]() mutable { return reader->read_block(std::move(spare)); },
        &FileAnswer::took_block);
}

void FileAnswer::took_block(Result<Bytes> outcome) {
    if (outcome) blocks_.push(*std::move(outcome));
    took_step(outcome ? Result<void>() : std::move(outcome).error());
}

void FileAnswer::read_step() {
    run([reader = reader_] { return reader->read_step(); }, &FileAnswer::took_step);
}

void FileAnswer::took_step(Result<void> outcome) {
    reading_ = false;
    if (!outcome) return refuse(std::move(outcome).error());
    offer();
}

void FileAnswer::advance(std::uint64_t sent) {
    sent_ += sent;
    blocks_.sent_until(sent_);
    if (hungry()) read_more();
}

ByteView FileAnswer::bytes(std::uint64_t offset) const noexcept {
    return blocks_.at(offset - reader_->span().offset);
}

}  // namespace gantry::cs
