#pragma once

#include <lftp/wire/long_packet.h>

#include <vector>

namespace gantry::lftp {

// A server's answer to a version that it does not speak.
struct VersionNegotiation {
    ConnectionId destination;  // the client's id
    ConnectionId source;       // what the client sent to
    std::vector<Version> versions;

    void encode(ByteWriter& writer) const;  // with its checksum
    // ErrorCode::integrity; protocol for no version, or more than limits::kMaxVersions.
    static Result<VersionNegotiation> decode(ByteView datagram);
    bool operator==(const VersionNegotiation&) const = default;
};

}  // namespace gantry::lftp
