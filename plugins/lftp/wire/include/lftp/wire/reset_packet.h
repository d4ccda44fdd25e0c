#pragma once

#include <lftp/wire/long_packet.h>

#include <array>

namespace gantry::lftp {

inline constexpr std::size_t kResetTokenSize = 16;
using ResetToken = std::array<std::byte, kResetTokenSize>;

// From one who knows nothing of the connection any more (docs/protocols/rudp.md section 10).
struct ResetPacket {
    static constexpr std::size_t kSize = 41;

    ConnectionId source;  // the id that nobody knows
    ResetToken token{};

    void encode(ByteWriter& writer) const;  // with its checksum
    // ErrorCode::integrity, protocol; unsupported for another version.
    static Result<ResetPacket> decode(ByteView datagram);
    bool operator==(const ResetPacket&) const = default;
};

}  // namespace gantry::lftp
