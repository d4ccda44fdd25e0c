#include <lftp/core/connection.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

constexpr std::size_t kPathFrame = 1 + sizeof(PathToken);

}  // namespace

// A client may be elsewhere than it was; its newest packet says so.
void Connection::follow_peer(std::size_t bytes, TimePoint now) {
    const bool follows = settings_.side == Side::server && settings_.random != nullptr &&
                         state_ == ConnectionState::confirmed;
    if (!follows || arrived_from_ == path_.address()) return;
    path_.move_to(arrived_from_, bytes, now, recovery_.probe_timeout());
}

Connection::Taken Connection::take_path(const PathFrame& frame, TimePoint now) {
    if (frame.type == FrameType::path_response) {
        on_path_proved(path_.on_response(frame.token), now);
        return {};
    }
    const auto to = settings_.side == Side::server ? arrived_from_ : path_.address();
    if (path_answers_.size() == limits::kMaxPathResponses) path_answers_.pop_front();
    path_answers_.push_back({frame.token, to});
    return {};
}

void Connection::on_path_proved(PeerPath::Verdict verdict, TimePoint now) {
    if (verdict != PeerPath::Verdict::new_path) return;
    recovery_.on_new_path(settings_.fresh_controller ? settings_.fresh_controller() : nullptr, now);
    mtu_.on_new_path();
}

bool Connection::write_challenge(PacketBuilder& packet) {
    if (!path_.challenge_due() || !packet.takes(kPathFrame)) return false;
    PathFrame challenge{FrameType::path_challenge, {}};
    settings_.random->fill(challenge.token);
    challenge.encode(packet.writer());
    packet.note_counting();
    path_.on_challenge_sent(challenge.token);
    return true;
}

// What asks for a path, or answers there, goes out in a packet of its own, whatever the window
// says: it is small, and it may have another way to go than the rest.
std::optional<Transmit> Connection::transmit_path(ByteSpan buffer, TimePoint now) {
    if (protection_ == nullptr || !living() || buffer.size() < datagram_) return std::nullopt;
    const bool answers = !path_answers_.empty();
    if (!answers && !path_.challenge_due()) return std::nullopt;
    const Endpoint to = answers ? path_answers_.front().to : path_.address();
    const bool here = to == path_.address();
    const std::size_t most =
        std::min<std::size_t>(datagram_, here ? path_.allowance() : limits::kMinDatagram);
    if (most < DataHeader::kSize + kPathFrame + protection_->overhead()) return std::nullopt;
    PacketBuilder packet(buffer.first(most), protection_->overhead());
    begin_data(packet);
    if (here) (void)write_challenge(packet);
    while (!path_answers_.empty() && path_answers_.front().to == to && packet.takes(kPathFrame)) {
        PathFrame{FrameType::path_response, path_answers_.front().token}.encode(packet.writer());
        packet.note_counting();
        path_answers_.pop_front();
    }
    const std::size_t size = finish_data(packet, buffer, now);
    return Transmit{size, size, to, marking_ ? EcnMark::ect0 : EcnMark::none};
}

void Connection::apply_datagram_size() {
    if (datagram_ == mtu_.size()) return;
    datagram_ = mtu_.size();
    recovery_.on_datagram_size(datagram_);
}

// A datagram that holds nothing and tells whether its size passes.
std::optional<Transmit> Connection::transmit_mtu_probe(ByteSpan buffer, TimePoint now) {
    if (state_ != ConnectionState::confirmed || !path_.proved()) return std::nullopt;
    const auto size = mtu_.poll_probe(now);
    if (!size || buffer.size() < *size || !recovery_.window_open(*size)) return std::nullopt;
    PacketBuilder packet(buffer.first(*size), protection_->overhead());
    begin_data(packet);
    write_type(packet.writer(), FrameType::ping);
    packet.note_counting();
    packet.pad_to(*size);
    packet.record().mtu_probe = true;
    if (finish_data(packet, buffer, now) == 0) return std::nullopt;
    mtu_.on_probe_sent();
    return Transmit{*size, *size, path_.address(), marking_ ? EcnMark::ect0 : EcnMark::none};
}

}  // namespace gantry::lftp
