#include <lftp/core/connection.h>

#include <algorithm>

namespace gantry::lftp {

Connection::Connection(const ConnectionSettings& settings,
                       std::unique_ptr<CongestionController> controller, TimePoint now,
                       ConnectionSecurity security)
    : settings_(settings),
      remote_(settings.remote),
      remote_known_(settings.side == Side::server),
      path_(settings.peer, settings.side == Side::client || settings.address_proved),
      mtu_(settings.datagram, settings.max_datagram),
      datagram_(settings.datagram),
      arrived_from_(settings.peer),
      contact_(settings.local, settings.remote, settings.version, settings.versions),
      handshake_(settings.side, settings.parameters(), std::move(security.tls)),
      kdf_(security.kdf),
      aead_(security.aead),
      acks_{Acknowledger({1, settings.acks.delay, 1}), Acknowledger(settings.acks)},
      table_(settings.side, settings.streams, settings.max_streams),
      sender_(table_),
      receiver_(table_, sender_, settings.window, settings.max_window),
      recovery_(std::move(controller), *this, settings.first_packet),
      timers_(now, settings.keeps_alive) {
    acks(PacketSpace::data).expect(settings.first_packet);
    recovery_.probe_idle(settings.side == Side::client);
    advance_handshake(now);
}

void Connection::step(ConnectionStep step) {
    if (const auto next = state_after(state_, step)) state_ = *next;
}

void Connection::end(const ConnectionEnded& ended) {
    if (!ended_) ended_ = ended;
}

void Connection::begin_closing(const CloseFrame& frame, const Error& error, TimePoint now) {
    if (!living()) return;
    end({false, frame.by_application, frame.code, error});
    const bool alone = !remote_known_ && path_.sent() == 0;
    closing_.begin(frame, state_ != ConnectionState::confirmed, protection_ != nullptr);
    step(alone ? ConnectionStep::silence : ConnectionStep::close_sent);
    timers_.linger(now + 3 * recovery_.probe_timeout());
}

void Connection::fail(TransportError error, FrameType cause, std::string_view reason,
                      TimePoint now) {
    begin_closing({false, static_cast<std::uint64_t>(error), cause, reason},
                  make_error(error_code_of(error), "rudp", std::string(reason)), now);
}

void Connection::shut_down(std::uint64_t code, std::string_view reason, TimePoint now) {
    begin_closing({true, code, FrameType::padding, reason},
                  make_error(ErrorCode::closed, "rudp", "the connection was closed"), now);
}

void Connection::refuse(std::string_view reason, TimePoint now) {
    fail(TransportError::connection_refused, FrameType::padding, reason, now);
}

std::optional<ConnectionEvent> Connection::poll_event() {
    if (std::exchange(finished_due_, false)) return HandshakeFinished();
    if (const auto event = table_.poll_event()) return *event;
    if (!ended_ || std::exchange(end_told_, true)) return std::nullopt;
    return *ended_;
}

Result<DuplexStream*> Connection::stream_of(StreamId id) {
    if (!living()) return make_error(ErrorCode::closed, "rudp", "the connection is closed");
    if (DuplexStream* stream = table_.find(id)) return stream;
    return make_error(ErrorCode::not_found, "rudp", "there is no such stream");
}

Result<StreamId> Connection::open_stream() {
    if (!living()) return make_error(ErrorCode::closed, "rudp", "the connection is closed");
    return table_.open_stream();
}

Result<void> Connection::agree_on_stream(StreamId id) {
    if (opener(id) != settings_.side)
        return table_.admit(id).stream != nullptr
                   ? Result<void>()
                   : make_error(ErrorCode::busy, "rudp", "the stream is not to be opened");
    const auto opened = open_stream();
    return opened ? Result<void>() : opened.error();
}

bool Connection::delivered(StreamId id) noexcept {
    const auto* stream = table_.find(id);
    return stream == nullptr || stream->send.complete() || stream->send.was_reset();
}

Result<std::size_t> Connection::write(StreamId id, ByteView bytes) {
    const auto stream = stream_of(id);
    if (!stream) return stream.error();
    const std::size_t taken = (*stream)->send.write(bytes);
    (*stream)->wants_room = (*stream)->writer_waits = taken < bytes.size();
    sender_.wake(**stream);
    return taken;
}

Result<void> Connection::finish(StreamId id) {
    const auto stream = stream_of(id);
    if (!stream) return stream.error();
    (*stream)->send.finish();
    (*stream)->writer_waits = false;
    sender_.wake(**stream);
    return {};
}

Result<Connection::ReadOutcome> Connection::read(StreamId id, ByteSpan into, TimePoint now) {
    DuplexStream* stream = table_.find(id);  // what has come can be read after the end, too
    if (stream == nullptr)
        return make_error(ErrorCode::not_found, "rudp", "there is no such stream");
    const bool was_reset = stream->receive.reset_code().has_value();
    ReadOutcome out;
    const std::uint64_t left = stream->receive.available();
    out.at_end = stream->receive.complete() && left <= into.size();
    out.count = receiver_.read(*stream, into, now, recovery_.rtt().smoothed());
    if (was_reset) return make_error(ErrorCode::interrupted, "rudp", "the peer reset the stream");
    return out;
}

void Connection::reset(StreamId id, std::uint64_t code) {
    const auto stream = stream_of(id);
    if (!stream || (*stream)->send.complete() || (*stream)->send.was_reset()) return;
    (void)(*stream)->send.reset();
    (*stream)->reset_code = code;
    (*stream)->reset_due = true;
    sender_.wake_control(**stream);
}

void Connection::stop(StreamId id, std::uint64_t code) {
    if (const auto stream = stream_of(id)) receiver_.stop(**stream, code);
}

TimePoint Connection::next_timeout() const noexcept {
    if (state_ == ConnectionState::closed) return TimePoint::max();
    const TimePoint slow = timers_.next(recovery_.probe_timeout());
    if (!living()) return slow;
    const TimePoint path = std::min({slow, path_.deadline(), mtu_.deadline()});
    if (!within_amplification()) return path;
    TimePoint next = std::min({path, recovery_.deadline(), blocked_at(), acks_[1].deadline()});
    if (state_ != ConnectionState::confirmed) next = std::min(next, acks_[0].deadline());
    return waits_for_pace_ ? std::min(next, recovery_.pace_due()) : next;
}

TimePoint Connection::blocked_at() const noexcept {
    if (blocked_since_ == TimePoint::max()) return TimePoint::max();
    return blocked_since_ +
           blocked_timer_.backed_off(recovery_.probe_timeout(), limits::kKeepAlive);
}

void Connection::on_timeout(TimePoint now) {
    using Expired = ConnectionTimers::Expired;
    if (state_ == ConnectionState::closed) return;
    switch (timers_.expire(now, recovery_.probe_timeout())) {
        case Expired::lingering:
            return step(ConnectionStep::time_over);
        case Expired::idle:
            end({false, false, 0, make_error(ErrorCode::timeout, "rudp", "the peer fell silent")});
            return step(ConnectionStep::silence);
        case Expired::handshake:
            return fail(TransportError::handshake_timeout, FrameType::padding,
                        "the handshake took too long", now);
        case Expired::keep_alive:
            ping_due_ = true;
            break;
        case Expired::nothing:
            break;
    }
    if (!living()) return;
    path_.on_timeout(now, recovery_.probe_timeout());
    mtu_.on_timeout(now);
    on_recovery_timeout(now);
    if (blocked_at() > now) return;
    blocked_timer_.on_expired();
    blocked_since_ = now;
    sender_.tell_blocked_again();
}

void Connection::on_recovery_timeout(TimePoint now) {
    if (recovery_.deadline() > now) return;
    const SentPacket* oldest = recovery_.on_timeout(now);
    if (oldest == nullptr) return;
    mtu_.on_probe_timeout(recovery_.probes_in_a_row());
    for (const auto& frame : oldest->frames()) repeat(frame);
}

void Connection::on_packet_acked(const SentPacket& packet) {
    if (packet.space == PacketSpace::data && protection_ != nullptr)
        protection_->on_acked(packet.number);
    if (packet.mtu_probe)
        mtu_.on_probe_acked(packet.delivery.size);
    else if (packet.space == PacketSpace::data)
        mtu_.on_acked(packet.number, packet.delivery.size);
    for (const auto& frame : packet.frames()) {
        if (frame.type == FrameType::crypto)
            handshake_stream_.on_acked(frame);
        else
            sender_.on_acked(frame);
    }
}

void Connection::on_packet_lost(const SentPacket& packet) {
    if (packet.mtu_probe)
        mtu_.on_probe_lost(packet.delivery.size);
    else if (packet.space == PacketSpace::data)
        mtu_.on_lost(packet.number, packet.delivery.size, packet.delivery.sent_at,
                     recovery_.probe_timeout());
    for (const auto& frame : packet.frames()) repeat(frame);
}

void Connection::repeat(const SentFrame& frame) {
    switch (frame.type) {
        case FrameType::crypto:
            return handshake_stream_.on_lost(frame);
        case FrameType::handshake_done:
            return void(done_due_ = true);
        case FrameType::ack_frequency:
            return ack_policy_.tell_again();
        case FrameType::max_data:
        case FrameType::max_streams:
            return receiver_.on_lost(frame);
        default:
            return sender_.on_lost(frame);
    }
}

}  // namespace gantry::lftp
