#include <lftp/core/stream_sender.h>
#include <lftp/wire/credit_frames.h>
#include <lftp/wire/stream_control_frames.h>
#include <lftp/wire/stream_frame.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

// The most that a frame without bytes takes.
constexpr std::size_t kControlFrame = 1 + 8 + 8 + 8;

}  // namespace

void StreamSender::wake(DuplexStream& stream) {
    if (!std::exchange(stream.in_send_queue, true)) send_queue_.push_back(stream.id);
}

void StreamSender::wake_control(DuplexStream& stream) {
    if (!std::exchange(stream.in_control_queue, true)) control_queue_.push_back(stream.id);
}

void StreamSender::wake_all() {
    table_.for_each([&](DuplexStream& s) {
        if (s.send.unsent() > 0) wake(s);
    });
}

// Up to which offset new bytes of the stream may go. A small rest of credit is not used up while
// something is on its way that will bring more.
std::uint64_t StreamSender::limit_of(const DuplexStream& stream) const noexcept {
    const std::uint64_t end = stream.send.sent_end();
    const std::uint64_t limit = std::min(stream.credit.limit(), end + credit_.room());
    const std::uint64_t room = limit > end ? limit - end : 0;
    const bool scrap = room < std::min<std::uint64_t>(stream.send.unsent(), limits::kMinStreamCut);
    return scrap && !stream.send.all_acked() ? end : limit;
}

void StreamSender::note_blocked(DuplexStream& stream) {
    if (stream.send.unsent() == 0) return;
    if (credit_.tells_blocked()) blocked_due_ = true;
    if (!stream.credit.tells_blocked()) return;
    stream.blocked_due = true;
    wake_control(stream);
}

// The first stream in the queue that has something to go now.
DuplexStream* StreamSender::front() {
    while (!send_queue_.empty()) {
        DuplexStream* stream = table_.find(send_queue_.front());
        if (stream != nullptr && stream->send.ready(limit_of(*stream))) return stream;
        send_queue_.pop_front();
        if (stream == nullptr) continue;
        stream->in_send_queue = false;
        note_blocked(*stream);
    }
    return nullptr;
}

bool StreamSender::data_ready() { return front() != nullptr; }

void StreamSender::write_data(PacketBuilder& packet) {
    while (DuplexStream* stream = packet.takes(1) ? front() : nullptr) {
        if (!write_chunk(packet, *stream)) return;
        if (packet.room() > 0) continue;  // there is no more of it
        send_queue_.pop_front();
        send_queue_.push_back(stream->id);
    }
}

bool StreamSender::write_chunk(PacketBuilder& packet, DuplexStream& stream) {
    StreamFrame frame{stream.id, stream.send.next_offset(), false, {}};
    const std::size_t head = StreamFrame::head_size(frame.stream, frame.offset);
    if (packet.room() <= head) return false;
    const std::size_t most = packet.room() - head;
    const std::uint64_t before = stream.send.sent_end();
    const auto chunk = stream.send.next(most, limit_of(stream));
    const std::uint64_t fresh = stream.send.sent_end() - before;
    credit_.use(fresh);
    stream.credit.use(fresh);
    if (stream.send.room() >= limits::kRoomWorthTelling) tell_room(stream);
    const bool to_end = chunk->length + 2 >= most;
    frame.fin = chunk->fin;
    frame.encode_head(packet.writer(), chunk->length, to_end);
    stream.send.for_each_piece(*chunk, [&](ByteView piece) { packet.writer().bytes(piece); });
    packet.note({FrameType::stream, chunk->fin, static_cast<std::uint32_t>(chunk->length),
                 stream.id, chunk->offset});
    if (to_end) packet.close_frames();
    return true;
}

void StreamSender::write_control(PacketBuilder& packet) {
    blocked_due_ = blocked_due_ && credit_.room() == 0;  // else that has passed
    if (blocked_due_ && packet.takes(kControlFrame)) {
        blocked_due_ = false;
        CreditFrame{FrameType::data_blocked, {}, credit_.limit()}.encode(packet.writer());
        packet.note({FrameType::data_blocked, false, 0, {}, credit_.limit()});
    }
    while (!control_queue_.empty() && packet.takes(kControlFrame)) {
        DuplexStream* stream = table_.find(control_queue_.front());
        if (stream != nullptr) write_about(packet, *stream);
        if (stream != nullptr && stream->control_due()) return;
        control_queue_.pop_front();
        if (stream != nullptr) stream->in_control_queue = false;
    }
}

// One of the frames that are due.
void StreamSender::write_about(PacketBuilder& packet, DuplexStream& stream) {
    auto& writer = packet.writer();
    const auto note = [&](FrameType type, std::uint64_t value) {
        packet.note({type, false, 0, stream.id, value});
    };
    if (std::exchange(stream.reset_due, false)) {
        ResetStreamFrame{stream.id, stream.reset_code, stream.send.sent_end()}.encode(writer);
        return note(FrameType::reset_stream, 0);
    }
    if (std::exchange(stream.stop_due, false)) {
        StopSendingFrame{stream.id, stream.stop_code}.encode(writer);
        return note(FrameType::stop_sending, 0);
    }
    const bool credit = std::exchange(stream.max_data_due, false);
    const bool blocked = !credit && std::exchange(stream.blocked_due, false);
    if (!credit && !(blocked && stream.credit.room() == 0)) return;
    const auto type = credit ? FrameType::max_stream_data : FrameType::stream_data_blocked;
    const auto limit = credit ? stream.window.limit() : stream.credit.limit();
    CreditFrame{type, stream.id, limit}.encode(writer);
    note(type, limit);
}

void StreamSender::tell_room(DuplexStream& stream) {
    if (!std::exchange(stream.wants_room, false)) return;
    table_.tell({StreamEvent::Kind::writable, stream.id});
}

void StreamSender::on_acked(const SentFrame& frame) {
    DuplexStream* stream = table_.find(frame.stream);
    if (stream == nullptr) return;
    if (frame.type == FrameType::reset_stream) stream->reset_acked = true;
    if (frame.type == FrameType::stream)
        stream->send.on_acked({frame.value, frame.length, frame.fin});
    if (stream->send.unsent() > 0 && stream->send.all_acked()) wake(*stream);
    if (stream->send.room() > 0) tell_room(*stream);
    table_.retire(*stream);
}

void StreamSender::on_lost(const SentFrame& frame) {
    if (frame.type == FrameType::data_blocked) return credit_.tell_again(), wake_all();
    DuplexStream* stream = table_.find(frame.stream);
    if (stream == nullptr) return;
    switch (frame.type) {
        case FrameType::stream:
            stream->send.on_lost({frame.value, frame.length, frame.fin});
            return wake(*stream);
        case FrameType::reset_stream:
            stream->reset_due = true;
            break;
        case FrameType::stop_sending:
            stream->stop_due = !stream->receive.complete();
            break;
        case FrameType::max_stream_data:
            stream->max_data_due = !stream->receive.knows_end();
            break;
        default:
            stream->credit.tell_again();
            return wake(*stream);
    }
    if (stream->control_due()) wake_control(*stream);
}

bool StreamSender::writer_waits() {
    bool waits = false;
    table_.for_each([&](DuplexStream& s) { waits = waits || s.writer_waits; });
    return waits;
}

bool StreamSender::blocked() {
    bool found = false;
    table_.for_each([&](DuplexStream& s) {
        found = found || (s.send.unsent() > 0 && !s.send.ready(limit_of(s)));
    });
    return found;
}

void StreamSender::tell_blocked_again() {
    credit_.tell_again();
    table_.for_each([&](DuplexStream& s) {
        s.credit.tell_again();
        if (s.send.unsent() > 0) wake(s);
    });
}

}  // namespace gantry::lftp
