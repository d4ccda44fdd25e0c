#pragma once

#include <lftp/wire/long_packet.h>

namespace gantry::lftp {

// A server's answer to a first packet that costs it no memory. `cookie` borrows.
struct RetryPacket {
    ConnectionId destination;  // the client's id
    ConnectionId source;       // the server's, from now on
    ConnectionId original;     // the destination of the packet that it answers
    ByteView cookie;           // 1 to limits::kMaxCookie bytes

    void encode(ByteWriter& writer) const;  // with its checksum
    // ErrorCode::integrity, protocol; unsupported for another version.
    static Result<RetryPacket> decode(ByteView datagram);
};

}  // namespace gantry::lftp
