#include <lftp/core/connection.h>
#include <lftp/wire/packet_reader.h>

namespace gantry::lftp {

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

void Connection::receive(ByteSpan datagram, EcnMark mark, TimePoint now,
                         std::optional<Endpoint> from) {
    arrived_from_ = from.value_or(path_.address());
    path_.on_received(arrived_from_, datagram.size());
    if (state_ >= ConnectionState::draining) return;
    if (is_long(datagram))
        receive_long(datagram, mark, now);
    else
        receive_data(datagram, mark, now);
}

// Whether it is of this connection; a client learns the id of the server by its first packet.
bool Connection::knows(const LongPacket& packet) {
    const auto& header = packet.header;
    if (settings_.side == Side::client) {
        if (header.kind != LongKind::handshake || header.destination != settings_.local)
            return false;
        if (!std::exchange(remote_known_, true)) remote_ = header.source, contact_.end();
        return header.source == remote_;
    }
    if (header.source != remote_) return false;
    if (header.destination == settings_.local && arrived_from_ == path_.address()) path_.prove();
    return header.destination == settings_.local ||
           (header.kind == LongKind::first && is_first_destination(header.destination));
}

void Connection::receive_long(ByteSpan datagram, EcnMark mark, TimePoint now) {
    if (receive_unnumbered(datagram, now) || state_ == ConnectionState::confirmed) return;
    const auto packet = LongPacket::decode(datagram, contact_.version());
    if (!packet || !knows(*packet)) return;
    if (packet->header.kind == LongKind::first && datagram.size() < limits::kMinDatagram) return;
    if (acks(PacketSpace::handshake).is_duplicate(packet->number)) return;
    process(packet->frames, PacketSpace::handshake, packet->number, mark, now);
    // The client has all that it needs, also where it has nothing to say.
    if (settings_.side == Side::server && state_ == ConnectionState::open && path_.proved() &&
        handshake_stream_.all_acked())
        confirm();
}

void Connection::receive_data(ByteSpan datagram, EcnMark mark, TimePoint now) {
    const auto header = DataHeader::decode(datagram);
    if (!header || header->destination != settings_.local) return;
    if (protection_ == nullptr) return keep_early(datagram);
    auto& space = acks(PacketSpace::data);
    const auto number = expanded(header->low_number, space.expected());
    if (space.is_duplicate(number)) return;
    const auto frames = protection_->unseal(number, *header, datagram);
    if (!frames) {
        if (frames.error().code == ErrorCode::protocol)
            return fail(TransportError::key_update_error, FrameType::padding,
                        frames.error().message, now);
        if (++forged_ >= limits::kMaxForgedPackets)
            fail(TransportError::aead_limit, FrameType::padding, "too many forged packets", now);
        return;
    }
    const bool newest = number >= space.expected();
    if (!path_.validating() && arrived_from_ == path_.address()) path_.prove();
    if (settings_.side == Side::server && state_ == ConnectionState::open) confirm();
    if (newest) follow_peer(datagram.size(), now);
    process(*frames, PacketSpace::data, number, mark, now);
}

void Connection::keep_early(ByteView datagram) {
    if (early_.size() < limits::kMaxEarlyPackets && datagram.size() <= limits::kMaxDatagram)
        early_.emplace_back(datagram.begin(), datagram.end());
}

void Connection::replay_early(TimePoint now) {
    for (auto& datagram : std::exchange(early_, {})) receive_data(datagram, EcnMark::none, now);
}

void Connection::process(ByteView frames, PacketSpace space, PacketNumber number, EcnMark mark,
                         TimePoint now) {
    timers_.on_received(now);
    if (state_ == ConnectionState::closing) closing_.on_packet();
    FrameReader reader(frames, space);
    bool counts = false;
    Taken all;
    while (true) {
        const auto frame = reader.next();
        if (!frame)
            return fail(TransportError::frame_encoding, reader.last_type(),
                        "a frame that cannot be read", now);
        if (!*frame) break;
        counts = counts || counts_for_acks(reader.last_type());
        const Taken taken = take(**frame, space, now);
        if (taken.error != TransportError::no_error)
            return fail(taken.error, reader.last_type(), transport_error_name(taken.error), now);
        all.refused = all.refused || taken.refused;
        all.hurry = all.hurry || taken.hurry;
    }
    if (all.refused) return;
    acks(space).on_packet(number, counts, mark, now);
    if (all.hurry) acks(space).ask_at_once();
    if (living()) advance_handshake(now);
}

Connection::Taken Connection::take(const Frame& frame, PacketSpace space, TimePoint now) {
    if (!living() && !std::holds_alternative<CloseFrame>(frame)) return {};
    return std::visit(
        Overloaded{
            [&](const AckFrame& f) {
                return Taken{recovery_.on_ack(space, f, now).ok()
                                 ? TransportError::no_error
                                 : TransportError::protocol_violation};
            },
            [&](const CryptoFrame& f) { return Taken{handshake_stream_.on_crypto(f)}; },
            [&](const CloseFrame& f) { return take_close(f, now); },
            [&](const PathFrame& f) { return take_path(f, now); },
            [&](const HandshakeDoneFrame& f) { return take_done(f); },
            [&](const ImmediateAckFrame&) {
                return Taken{TransportError::no_error, false, true};
            },
            [&](const AckFrequencyFrame& f) { return take_terms(f), Taken(); },
            [&](const PingFrame&) { return Taken(); },
            [&](const OptionalFrame&) { return Taken(); },
            [&](const auto&) { return take_stream_frame(frame); },
        },
        frame);
}

Connection::Taken Connection::take_stream_frame(const Frame& frame) {
    StreamReceiver::Outcome outcome;
    if (const auto* data = std::get_if<StreamFrame>(&frame)) outcome = receiver_.on_stream(*data);
    if (const auto* reset = std::get_if<ResetStreamFrame>(&frame))
        outcome = receiver_.on_reset(*reset);
    if (const auto* stop = std::get_if<StopSendingFrame>(&frame))
        outcome = receiver_.on_stop(*stop);
    if (const auto* credit = std::get_if<CreditFrame>(&frame)) {
        outcome = receiver_.on_credit(*credit);
        blocked_timer_.on_progress();
    }
    return {outcome.error, outcome.refused};
}

Connection::Taken Connection::take_close(const CloseFrame& frame, TimePoint now) {
    const auto code = frame.by_application ? ErrorCode::closed
                                           : error_code_of(static_cast<TransportError>(frame.code));
    end({true, frame.by_application, frame.code,
         make_error(code, "rudp", "the peer closed the connection", std::string(frame.reason))});
    step(ConnectionStep::close_received);
    timers_.linger(now + 3 * recovery_.probe_timeout());
    return {};
}

Connection::Taken Connection::take_done(const HandshakeDoneFrame& frame) {
    if (settings_.side == Side::server) return {TransportError::protocol_violation};
    peer_token_ = frame.token;
    if (state_ == ConnectionState::open) confirm();
    return {};
}

void Connection::take_terms(const AckFrequencyFrame& frame) {
    if (frame.number < next_terms_) return;
    next_terms_ = frame.number + 1;
    const auto own = settings_.parameters();
    const Duration delay = std::clamp(frame.delay, own.min_ack_delay, own.max_ack_delay);
    const std::uint64_t threshold = std::min(frame.threshold, kMaxVarint - 1) + 1;
    acks(PacketSpace::data).set_terms({threshold, delay, frame.reordering});
}

void Connection::advance_handshake(TimePoint now) {
    const auto error = handshake_.advance(handshake_stream_);
    if (error != TransportError::no_error) {
        if (auto failure = handshake_.failure())
            end({false, false, static_cast<std::uint64_t>(error), *failure});
        return fail(error, FrameType::crypto, transport_error_name(error), now);
    }
    if (handshake_.peer() && !std::exchange(peer_applied_, true)) on_peer_parameters();
    if (!handshake_.done() || state_ != ConnectionState::handshaking) return;
    auto protection = make_protection();
    if (!protection)
        return fail(TransportError::internal_error, FrameType::crypto, protection.error().message,
                    now);
    protection_ = std::move(*protection);
    step(ConnectionStep::handshake_done);
    finished_due_ = true;
    // A server has the client's last word of TLS.
    if (settings_.side == Side::server && handshake_.tls() != nullptr) confirm();
    replay_early(now);
}

Result<std::unique_ptr<PacketProtection>> Connection::make_protection() {
    if (handshake_.tls() == nullptr)
        return std::unique_ptr<PacketProtection>(std::make_unique<PlainProtection>());
    const bool client = settings_.side == Side::client;
    const KeyContext context{
        .version = contact_.version(),
        .first_destination = client ? contact_.original() : settings_.original,
        .retry = client ? contact_.retry() : settings_.retry,
        .client = client ? settings_.local : remote_,
        .server = client ? remote_ : settings_.local,
        .client_block = client ? handshake_.own_block() : handshake_.peer_block(),
        .server_block = client ? handshake_.peer_block() : handshake_.own_block()};
    return export_protection(*handshake_.tls(), context, settings_.side, handshake_.protection(),
                             *kdf_, *aead_);
}

void Connection::on_peer_parameters() {
    const auto& peer = *handshake_.peer();
    table_.set_peer_limits(peer.max_streams, peer.max_stream_data);
    sender_.credit().raise(peer.max_data);
    recovery_.set_max_ack_delay(peer.max_ack_delay);
    ack_policy_.set_peer({AckTerms().threshold, peer.max_ack_delay, 1}, peer.min_ack_delay);
    timers_.set_idle(settings_.idle_timeout, peer.idle_timeout);
    mtu_.cap(static_cast<std::size_t>(peer.max_datagram));
}

void Connection::confirm() {
    step(ConnectionStep::confirmation);
    timers_.on_confirmed();
    recovery_.on_confirmed(handshake_.peer()->max_ack_delay);
    protection_->on_confirmed();
    mtu_.on_confirmed();
    done_due_ = settings_.side == Side::server;
}

}  // namespace gantry::lftp
