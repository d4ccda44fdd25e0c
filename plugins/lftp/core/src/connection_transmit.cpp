#include <lftp/core/connection.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

// It is not worth to begin a packet that has less room.
constexpr std::size_t kMinPacket = 100;
constexpr std::size_t kTermsFrame = 1 + 4 * 8;

}  // namespace

Transmit Connection::poll_transmit(ByteSpan buffer, TimePoint now) {
    apply_datagram_size();
    marking_ = recovery_.marks();
    if (const auto path = transmit_path(buffer, now)) return *path;
    if (const auto probe = transmit_mtu_probe(buffer, now)) return *probe;
    Transmit out;
    out.to = path_.address();
    out.mark = marking_ ? EcnMark::ect0 : EcnMark::none;
    while (buffer.size() - out.size >= datagram_) {
        const std::size_t size = build(buffer.subspan(out.size, datagram_), now);
        if (size == 0) break;
        if (out.size == 0) out.segment = size;
        out.size += size;
        if (size < datagram_) break;  // only the last of a train may be shorter
    }
    return out;
}

std::size_t Connection::build(ByteSpan room, TimePoint now) {
    waits_for_pace_ = false;
    if (state_ >= ConnectionState::draining || !within_amplification()) return 0;
    if (state_ == ConnectionState::closing) return build_close(room, now);
    if (state_ != ConnectionState::confirmed)
        if (const std::size_t size = build_handshake(room, now); size > 0) return size;
    if (protection_ == nullptr || !(path_.proved() || path_.validating())) return 0;
    return build_data(room.first(std::min<std::size_t>(room.size(), path_.allowance())), now);
}

// A server sends little before it knows that the client is where it says.
bool Connection::within_amplification() const noexcept {
    return path_.allowance() >= (path_.validating() ? kMinPacket : limits::kMinDatagram);
}

void Connection::begin_long(PacketBuilder& packet) {
    const auto kind = remote_known_ ? LongKind::handshake : LongKind::first;
    const ByteView cookie = remote_known_ ? ByteView() : contact_.cookie();
    encode_long_header(packet.writer(), {kind, contact_.version(), remote_, settings_.local},
                       cookie, recovery_.next(PacketSpace::handshake));
}

std::size_t Connection::finish_long(PacketBuilder& packet, TimePoint now) {
    if (!remote_known_) packet.pad_to(limits::kMinDatagram);
    place_checksum(packet.whole());
    note_sent(PacketSpace::handshake, packet, packet.size(), now);
    return packet.size();
}

std::size_t Connection::build_handshake(ByteSpan room, TimePoint now) {
    auto& space = acks(PacketSpace::handshake);
    const bool probe = recovery_.probes(PacketSpace::handshake) > 0;
    const bool says = probe || (handshake_stream_.ready() && recovery_.window_open(room.size()));
    if (!says && !space.due(now)) return 0;
    PacketBuilder packet(room.first(limits::kMinDatagram), kChecksumSize);
    begin_long(packet);
    if (space.has_news() && space.write(packet.writer(), now, packet.room())) packet.note_frame();
    if (says) handshake_stream_.write_frames(packet);
    if (probe && !packet.record().counts && packet.takes(1)) {
        write_type(packet.writer(), FrameType::ping);
        packet.note_counting();
    }
    return packet.empty() ? 0 : finish_long(packet, now);
}

bool Connection::has_content() {
    const bool data = sender_.data_ready();  // it may find that credit lacks, which is to be told
    return data || done_due_ || ping_due_ || handshake_stream_.ready() ||
           receiver_.credit_ready() || sender_.control_ready();
}

bool Connection::may_send_content(TimePoint now) const noexcept {
    return recovery_.probes(PacketSpace::data) > 0 ||
           (recovery_.window_open(datagram_) && recovery_.pace_open(now) && !recovery_.full());
}

std::size_t Connection::build_data(ByteSpan room, TimePoint now) {
    auto& space = acks(PacketSpace::data);
    const bool probe = recovery_.probes(PacketSpace::data) > 0;
    const bool content = probe || has_content();
    const bool may = content && may_send_content(now);
    waits_for_pace_ = content && !may && recovery_.window_open(datagram_);
    if (!content && !sender_.writer_waits()) recovery_.on_out_of_data();
    watch_credit(now);
    if (!may && !space.due(now)) return 0;
    PacketBuilder packet(room, protection_->overhead());
    begin_data(packet);
    if (space.has_news() && space.write(packet.writer(), now, packet.room())) packet.note_frame();
    if (may) write_content(packet);
    if (probe && !packet.record().counts && packet.takes(1)) {
        write_type(packet.writer(), FrameType::ping);
        packet.note_counting();
    }
    return packet.empty() ? 0 : finish_data(packet, room, now);
}

// While it is credit that the streams wait for, and nothing is in flight that would bring it, the
// peer is told so again from time to time.
void Connection::watch_credit(TimePoint now) {
    if (recovery_.in_flight() > 0 || !sender_.blocked())
        blocked_since_ = TimePoint::max();
    else if (blocked_since_ == TimePoint::max())
        blocked_since_ = now;
}

// Goes along with what is to be sent anyhow.
void Connection::write_terms(PacketBuilder& packet) {
    const auto& rtt = recovery_.rtt();
    if (state_ != ConnectionState::confirmed || !rtt.has_sample()) return;
    ack_policy_.update(rtt.smoothed(), recovery_.controller().window().value() / datagram_);
    if (!ack_policy_.due() || !packet.takes(kTermsFrame)) return;
    ack_policy_.take().encode(packet.writer());
    packet.note({FrameType::ack_frequency, false, 0, {}, 0});
}

void Connection::write_content(PacketBuilder& packet) {
    if (done_due_ && packet.takes(1 + kResetTokenSize)) {
        done_due_ = false;
        HandshakeDoneFrame{settings_.reset_token}.encode(packet.writer());
        packet.note({FrameType::handshake_done, false, 0, {}, 0});
    }
    if (std::exchange(ping_due_, false) && packet.takes(1)) {
        write_type(packet.writer(), FrameType::ping);
        packet.note_counting();
    }
    if (state_ == ConnectionState::confirmed) handshake_stream_.write_frames(packet);
    write_terms(packet);
    receiver_.write_credit(packet);
    sender_.write_control(packet);
    sender_.write_data(packet);
}

void Connection::begin_data(PacketBuilder& packet) {
    const PacketNumber number = recovery_.next(PacketSpace::data);
    protection_->prepare(number);
    DataHeader{protection_->key_phase(), remote_, truncated(number)}.encode(packet.writer());
}

std::size_t Connection::finish_data(PacketBuilder& packet, ByteSpan room, TimePoint now) {
    const std::size_t size = packet.size();
    if (!protection_->seal(recovery_.next(PacketSpace::data), room.first(size)).ok()) return 0;
    note_sent(PacketSpace::data, packet, size, now);
    return size;
}

void Connection::note_sent(PacketSpace space, PacketBuilder& packet, std::size_t size,
                           TimePoint now) {
    path_.on_sent(path_.address(), size);
    if (packet.record().counts) timers_.on_sent(now);
    packet.record().space = space;
    packet.record().marked = marking_;
    packet.record().delivery.size = static_cast<std::uint32_t>(size);
    recovery_.on_sent(space, packet.record(), now);
}

std::size_t Connection::build_close(ByteSpan room, TimePoint now) {
    if (closing_.due(PacketSpace::handshake)) {
        PacketBuilder packet(room.first(limits::kMinDatagram), kChecksumSize);
        begin_long(packet);
        closing_.write(PacketSpace::handshake, packet);
        return finish_long(packet, now);
    }
    if (!closing_.due(PacketSpace::data)) return 0;
    PacketBuilder packet(room, protection_->overhead());
    begin_data(packet);
    closing_.write(PacketSpace::data, packet);
    return finish_data(packet, room, now);
}

}  // namespace gantry::lftp
