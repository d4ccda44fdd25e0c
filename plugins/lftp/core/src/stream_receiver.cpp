#include <lftp/core/stream_receiver.h>

namespace gantry::lftp {

namespace {

constexpr std::size_t kCreditFrame = 1 + 8 + 8;

}  // namespace

StreamReceiver::Outcome StreamReceiver::on_grown(std::uint64_t bytes) {
    received_ += bytes;
    return {received_ > window_.limit() ? TransportError::flow_control : TransportError::no_error};
}

void StreamReceiver::tell_readable(DuplexStream& stream) {
    const bool worth = stream.receive.available() > 0 || stream.receive.complete();
    if (!worth || std::exchange(stream.readable_told, true)) return;
    table_.tell({StreamEvent::Kind::readable, stream.id});
}

StreamReceiver::Outcome StreamReceiver::on_stream(const StreamFrame& frame) {
    const auto [stream, error] = table_.admit(frame.stream);
    if (stream == nullptr) return {error};
    const auto outcome =
        stream->receive.on_data(frame.offset, frame.bytes, frame.fin, stream->window.limit());
    if (outcome.error != TransportError::no_error || outcome.refused)
        return {outcome.error, outcome.refused};
    tell_readable(*stream);
    const auto grown = on_grown(outcome.grown);
    if (grown.error == TransportError::no_error && outcome.grown > 0)
        make_room_behind_gaps(*stream);
    return grown;
}

// A lost packet holds up all behind it, and the peer is not to wait for that: but for a reader that
// is slow it is.
void StreamReceiver::make_room_behind_gaps(DuplexStream& stream) {
    const auto& receive = stream.receive;
    const std::uint64_t readable = receive.available();
    const std::uint64_t held_up = receive.highest() - receive.read_offset() - readable;
    if (held_up <= 2 * readable) return;
    if (window_.stretch(received_)) max_data_due_ = true;
    if (receive.knows_end() || !stream.window.stretch(receive.highest())) return;
    stream.max_data_due = true;
    sender_.wake_control(stream);
}

StreamReceiver::Outcome StreamReceiver::on_reset(const ResetStreamFrame& frame) {
    const auto [stream, error] = table_.admit(frame.stream);
    if (stream == nullptr) return {error};
    const std::uint64_t before = stream->receive.read_offset();
    const auto outcome =
        stream->receive.on_reset(frame.code, frame.final_size, stream->window.limit());
    if (outcome.error != TransportError::no_error) return {outcome.error};
    window_.on_read(stream->receive.read_offset() - before);
    if (window_.update_due()) {
        window_.extend();
        max_data_due_ = true;
    }
    stream->readable_told = false;
    tell_readable(*stream);
    return on_grown(outcome.grown);
}

StreamReceiver::Outcome StreamReceiver::on_stop(const StopSendingFrame& frame) {
    const auto [stream, error] = table_.admit(frame.stream);
    if (stream == nullptr || stream->send.was_reset() || stream->send.complete()) return {error};
    (void)stream->send.reset();
    stream->reset_code = frame.code;
    stream->reset_due = true;
    sender_.wake_control(*stream);
    table_.tell({StreamEvent::Kind::stopped, frame.stream, frame.code});
    return {};
}

StreamReceiver::Outcome StreamReceiver::on_credit(const CreditFrame& frame) {
    if (frame.type == FrameType::max_streams) table_.credit().raise(frame.limit);
    if (frame.type == FrameType::max_data) {
        sender_.credit().raise(frame.limit);
        sender_.wake_all();
    }
    if (frame.type == FrameType::data_blocked && frame.limit < window_.limit())
        max_data_due_ = true;
    if (frame.type == FrameType::streams_blocked && frame.limit < table_.peer_limit())
        streams_due_ = true;
    if (!CreditFrame::names_stream(frame.type)) return {};
    const auto [stream, error] = table_.admit(frame.stream);
    if (stream == nullptr) return {error};
    if (frame.type == FrameType::max_stream_data) {
        stream->credit.raise(frame.limit);
        sender_.wake(*stream);
    } else if (frame.limit < stream->window.limit() && !stream->receive.knows_end()) {
        stream->max_data_due = true;
        sender_.wake_control(*stream);
    }
    return {};
}

std::size_t StreamReceiver::read(DuplexStream& stream, ByteSpan into, TimePoint now, Duration rtt) {
    const std::size_t count = stream.receive.read(into);
    stream.window.on_read(count);
    window_.on_read(count);
    pass_credit(stream, now, rtt);
    if (stream.receive.available() == 0) stream.readable_told = false;
    if (stream.receive.at_end() || stream.receive.reset_code()) stream.readable_told = true;
    table_.retire(stream);
    streams_due_ = streams_due_ || table_.limit_due();
    return count;
}

void StreamReceiver::pass_credit(DuplexStream& stream, TimePoint now, Duration rtt) {
    if (window_.update_due()) {
        (void)window_.update(now, rtt);
        max_data_due_ = true;
    }
    if (!stream.window.update_due() || stream.receive.knows_end()) return;
    (void)stream.window.update(now, rtt);
    stream.max_data_due = true;
    sender_.wake_control(stream);
}

void StreamReceiver::stop(DuplexStream& stream, std::uint64_t code) {
    if (stream.receive.complete()) return;
    stream.stop_code = code;
    stream.stop_due = true;
    sender_.wake_control(stream);
}

void StreamReceiver::write_credit(PacketBuilder& packet) {
    if (max_data_due_ && packet.takes(kCreditFrame)) {
        max_data_due_ = false;
        CreditFrame{FrameType::max_data, {}, window_.limit()}.encode(packet.writer());
        packet.note({FrameType::max_data, false, 0, {}, window_.limit()});
    }
    if (streams_due_ && packet.takes(kCreditFrame)) {
        streams_due_ = false;
        const std::uint64_t limit = table_.tell_limit();
        CreditFrame{FrameType::max_streams, {}, limit}.encode(packet.writer());
        packet.note({FrameType::max_streams, false, 0, {}, limit});
    }
}

void StreamReceiver::on_lost(const SentFrame& frame) {
    if (frame.type == FrameType::max_data) max_data_due_ = true;
    if (frame.type == FrameType::max_streams) streams_due_ = true;
}

}  // namespace gantry::lftp
