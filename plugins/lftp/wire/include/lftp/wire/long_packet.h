#pragma once

#include <gantry/bytes/writer.h>
#include <gantry/core/result.h>
#include <lftp/wire/connection_id.h>
#include <lftp/wire/packet_number.h>

namespace gantry::lftp {

// 32 bits that name one version of rudp.
using Version = Strong<struct VersionTag, std::uint32_t>;
inline constexpr Version kVersion1{0x67720001};

// The first byte of a long packet.
enum class LongKind : std::uint8_t {
    version_negotiation = 0x80,
    first = 0xC0,
    handshake = 0xD0,
    retry = 0xE0,
    reset = 0xF0,
};

// What every long packet begins with, in every version (docs/protocols/rudp.md section 3).
struct LongHeader {
    static constexpr std::size_t kSize = 21;

    LongKind kind = LongKind::handshake;
    Version version = kVersion1;
    ConnectionId destination;
    ConnectionId source;

    void encode(ByteWriter& writer) const;
    bool operator==(const LongHeader&) const = default;
};

// Whether the first byte of a datagram says that it is a long packet.
bool is_long(ByteView datagram) noexcept;
// The header alone, of any version: `kind` may be none of the enumerators. ErrorCode::protocol for
// a packet that is short, or cut.
Result<LongHeader> peek_long_header(ByteView datagram);

// A first or handshake packet. The views borrow from the datagram.
struct LongPacket {
    LongHeader header;
    ByteView cookie;  // of a first packet
    PacketNumber number;
    ByteView frames;

    // Checks the checksum. ErrorCode::integrity, protocol; unsupported for another version.
    static Result<LongPacket> decode(ByteView datagram, Version version = kVersion1);
};

// The bytes before the frames; the checksum is written behind them. `cookie` has at most
// limits::kMaxCookie bytes, and none in a handshake packet.
void encode_long_header(ByteWriter& writer, const LongHeader& header, ByteView cookie,
                        PacketNumber number);
constexpr std::size_t long_header_size(LongKind kind, std::size_t cookie) noexcept {
    return LongHeader::kSize + 4 + (kind == LongKind::first ? 1 + cookie : 0);
}

}  // namespace gantry::lftp
