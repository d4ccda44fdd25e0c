#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/reset_packet.h>

namespace gantry::lftp {

// The server says that the handshake is confirmed, and what a reset of it would show.
struct HandshakeDoneFrame {
    ResetToken token{};

    void encode(ByteWriter& writer) const;
    // Behind the type. A fault is latched in the reader.
    static HandshakeDoneFrame decode(PacketReader& reader);
    bool operator==(const HandshakeDoneFrame&) const = default;
};

}  // namespace gantry::lftp
