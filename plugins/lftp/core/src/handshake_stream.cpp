#include <lftp/core/handshake_stream.h>

namespace gantry::lftp {

Result<void> HandshakeStream::say(ByteView bytes) {
    if (send_.write(bytes) == bytes.size()) return {};
    return make_error(ErrorCode::limit, "rudp", "the handshake has more bytes than it may have");
}

std::vector<std::byte> HandshakeStream::said() const {
    std::vector<std::byte> out(static_cast<std::size_t>(send_.sent_end() + send_.unsent()));
    send_.read(0, out);
    return out;
}

void HandshakeStream::write_frames(PacketBuilder& packet) {
    while (ready() && packet.takes(1)) {
        const std::size_t most = CryptoFrame::capacity(send_.next_offset(), packet.room());
        if (most == 0) return;
        const auto chunk = send_.next(most, kMaxVarint);
        std::vector<std::byte> bytes(chunk->length);
        send_.read(chunk->offset, bytes);
        CryptoFrame{chunk->offset, bytes}.encode(packet.writer());
        const auto length = static_cast<std::uint32_t>(chunk->length);
        packet.note({FrameType::crypto, false, length, {}, chunk->offset});
    }
}

void HandshakeStream::on_acked(const SentFrame& frame) {
    send_.on_acked({frame.value, frame.length, false});
}

void HandshakeStream::on_lost(const SentFrame& frame) {
    send_.on_lost({frame.value, frame.length, false});
}

TransportError HandshakeStream::on_crypto(const CryptoFrame& frame) {
    const std::uint64_t limit = receive_.read_offset() + limits::kMaxCryptoAhead;
    const auto outcome = receive_.on_data(frame.offset, frame.bytes, false, limit);
    return outcome.error == TransportError::no_error && !outcome.refused
               ? TransportError::no_error
               : TransportError::crypto_buffer;
}

}  // namespace gantry::lftp
