#pragma once

#include <lftp/core/limits.h>
#include <lftp/core/packet_builder.h>
#include <lftp/core/receive_stream.h>
#include <lftp/core/send_stream.h>
#include <lftp/wire/crypto_frame.h>
#include <lftp/wire/varint.h>

namespace gantry::lftp {

// The bytes of the handshake, in order both ways, whichever packets carry them
// (docs/protocols/rudp.md section 4).
class HandshakeStream {
  public:
    HandshakeStream() : send_(limits::kMaxCryptoBytes) {}

    // ErrorCode::limit when more waits than kMaxCryptoBytes.
    Result<void> say(ByteView bytes);
    bool ready() const noexcept { return send_.ready(kMaxVarint); }
    bool all_acked() const noexcept { return send_.all_acked() && send_.unsent() == 0; }
    // All that was said, as long as nothing of it is acknowledged.
    std::vector<std::byte> said() const;
    void write_frames(PacketBuilder& packet);
    void on_acked(const SentFrame& frame);
    void on_lost(const SentFrame& frame);

    // crypto_buffer for bytes too far ahead of what was read.
    TransportError on_crypto(const CryptoFrame& frame);
    std::uint64_t available() const noexcept { return receive_.available(); }
    std::size_t read(ByteSpan into) { return receive_.read(into); }

  private:
    SendStream send_;
    ReceiveStream receive_;
};

}  // namespace gantry::lftp
