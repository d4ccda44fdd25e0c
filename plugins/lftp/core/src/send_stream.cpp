#include <lftp/core/send_stream.h>

namespace gantry::lftp {

namespace {

// What is under way may exceed the room as long as less than this part of it waits to be sent.
constexpr std::size_t kAhead = 4;

}  // namespace

std::size_t SendStream::room() const noexcept {
    if (!takes_more()) return 0;
    const auto left = [](std::uint64_t most, std::uint64_t used) {
        return static_cast<std::size_t>(most > used ? most - used : 0);
    };
    const std::uint64_t held = written_end_ - ring_.begin();
    const std::size_t ahead = std::min(left(room_ / kAhead, unsent()), left(most_, held));
    return std::max(left(room_, held), ahead);
}

std::size_t SendStream::write(ByteView bytes) {
    const ByteView taken = bytes.first(std::min(bytes.size(), room()));
    ring_.write(written_end_, taken);
    written_end_ += taken.size();
    return taken.size();
}

bool SendStream::ready(std::uint64_t limit) const noexcept {
    if (was_reset()) return false;
    return has_lost() || std::min(written_end_, limit) > sent_end_ ||
           (fin_ == Fin::wanted && sent_end_ == written_end_);
}

// Whether a frame that ends at `end` carries the end mark; then it is sent.
bool SendStream::takes_fin(std::uint64_t end) noexcept {
    if (end != written_end_ || takes_more() || fin_ == Fin::acked) return false;
    fin_ = Fin::sent;
    return true;
}

std::uint64_t SendStream::next_offset() const noexcept {
    if (!lost_.empty()) return lost_.front().begin;
    return fin_ == Fin::lost ? written_end_ : sent_end_;
}

std::optional<SendStream::Chunk> SendStream::next_lost(std::size_t size) {
    Range part{written_end_, written_end_};  // of a lost end mark alone
    if (!lost_.empty()) part = lost_.front();
    part.end = std::min(part.end, part.begin + size);
    lost_.remove(part);
    return Chunk{part.begin, static_cast<std::size_t>(part.size()), takes_fin(part.end)};
}

std::optional<SendStream::Chunk> SendStream::next(std::size_t size, std::uint64_t limit) {
    if (!ready(limit)) return std::nullopt;
    if (has_lost()) return next_lost(size);
    const std::uint64_t end =
        std::min({written_end_, std::max(limit, sent_end_), sent_end_ + size});
    Chunk chunk{sent_end_, static_cast<std::size_t>(end - sent_end_), false};
    sent_end_ = end;
    chunk.fin = takes_fin(end);
    return chunk;
}

void SendStream::on_acked(const Chunk& chunk) {
    if (was_reset()) return;
    if (chunk.fin) fin_ = Fin::acked;
    const Range range{std::max(chunk.offset, ring_.begin()), chunk.offset + chunk.length};
    if (range.empty()) return;
    lost_.remove(range);
    acked_.add(range);
    if (acked_.front().begin != ring_.begin()) return;
    ring_.release(acked_.front().end);
    acked_.drop_front();
}

void SendStream::on_lost(const Chunk& chunk) {
    if (was_reset()) return;
    if (chunk.fin && fin_ == Fin::sent) fin_ = Fin::lost;
    const Range range{std::max(chunk.offset, ring_.begin()), chunk.offset + chunk.length};
    acked_.for_each_gap(range, [&](Range part) { lost_.add(part); });
}

std::uint64_t SendStream::reset() noexcept {
    if (fin_ == Fin::acked || was_reset()) return sent_end_;
    fin_ = Fin::reset;
    written_end_ = sent_end_;
    lost_.clear();
    acked_.clear();
    ring_.drop(sent_end_);
    return sent_end_;
}

bool SendStream::complete() const noexcept {
    return fin_ == Fin::acked && ring_.begin() == written_end_;
}

}  // namespace gantry::lftp
