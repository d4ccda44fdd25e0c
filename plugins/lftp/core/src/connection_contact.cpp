#include <gantry/crypto/secret.h>
#include <lftp/core/connection.h>

namespace gantry::lftp {

// Whether it is one of the packets that have no number, and are a server's to send.
bool Connection::receive_unnumbered(ByteView datagram, TimePoint now) {
    const auto header = peek_long_header(datagram);
    if (!header || settings_.side == Side::server) return false;
    if (header->version == Version(0)) {
        if (const auto offer = VersionNegotiation::decode(datagram)) follow_versions(*offer, now);
        return true;
    }
    if (header->kind == LongKind::retry) {
        if (const auto retry = RetryPacket::decode(datagram)) follow_retry(*retry);
        return true;
    }
    if (header->kind != LongKind::reset) return false;
    if (const auto reset = ResetPacket::decode(datagram)) take_reset(*reset, now);
    return true;
}

void Connection::follow_retry(const RetryPacket& retry) {
    if (!living() || contact_.on_retry(retry) != FirstContact::Answer::start_over) return;
    start_over();
}

// A server that does not speak our version could not read a close, either.
void Connection::follow_versions(const VersionNegotiation& offer, TimePoint now) {
    const auto answer = living() ? contact_.on_versions(offer) : FirstContact::Answer::ignored;
    if (answer == FirstContact::Answer::ignored) return;
    if (answer == FirstContact::Answer::give_up) {
        end({false, false, static_cast<std::uint64_t>(TransportError::version_error),
             make_error(error_code_of(TransportError::version_error), "rudp",
                        "the server speaks none of our versions")});
        return step(ConnectionStep::silence);
    }
    start_over();
    const auto said = handshake_stream_.said();
    handshake_stream_ = HandshakeStream();
    const auto error = handshake_.restart(contact_.version(), said, handshake_stream_);
    if (error != TransportError::no_error)
        fail(error, FrameType::crypto, transport_error_name(error), now);
}

// Packet numbers go on: who counts them could not tell otherwise which first packet is meant.
void Connection::start_over() {
    remote_ = contact_.remote();
    recovery_.restart_handshake();
}

void Connection::take_reset(const ResetPacket& reset, TimePoint now) {
    if (!peer_token_ || reset.source != remote_) return;
    if (!equal_in_constant_time(reset.token, *peer_token_)) return;
    end({true, false, 0,
         make_error(ErrorCode::network, "rudp", "the peer knows the connection no more")});
    step(ConnectionStep::close_received);
    timers_.linger(now + 3 * recovery_.probe_timeout());
}

// Where the client sends first packets as long as it does not know our id.
bool Connection::is_first_destination(ConnectionId id) const noexcept {
    return id == (settings_.retry == ConnectionId(0) ? settings_.original : settings_.retry);
}

}  // namespace gantry::lftp
