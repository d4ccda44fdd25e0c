#include <lftp/wire/checksum.h>
#include <lftp/wire/long_packet.h>
#include <lftp/wire/packet_reader.h>

namespace gantry::lftp {

namespace {

LongHeader read_long_header(PacketReader& reader) {
    LongHeader out;
    out.kind = static_cast<LongKind>(reader.u8());
    out.version = Version(reader.u32());
    out.destination = ConnectionId(reader.u64());
    out.source = ConnectionId(reader.u64());
    return out;
}

bool carries_frames(LongKind kind) {
    return kind == LongKind::first || kind == LongKind::handshake;
}

}  // namespace

void LongHeader::encode(ByteWriter& writer) const {
    writer.u8(static_cast<std::uint8_t>(kind)).u32(version.value());
    writer.u64(destination.value()).u64(source.value());
}

bool is_long(ByteView datagram) noexcept {
    return !datagram.empty() && (datagram[0] & std::byte{0x80}) != std::byte{0};
}

Result<LongHeader> peek_long_header(ByteView datagram) {
    PacketReader reader(datagram);
    const auto header = read_long_header(reader);
    if (reader.failed() || !is_long(datagram)) return wire_error("this is not a long packet");
    return header;
}

Result<LongPacket> LongPacket::decode(ByteView datagram, Version version) {
    const auto body = checked(datagram);
    if (!body) return body.error();
    PacketReader reader(*body);
    LongPacket out;
    out.header = read_long_header(reader);
    if (out.header.version != version)
        return make_error(ErrorCode::unsupported, "rudp", "a packet of another version");
    if (!carries_frames(out.header.kind)) return wire_error("a long packet that has no frames");
    if (out.header.kind == LongKind::first) out.cookie = reader.bytes(reader.u8());
    out.number = PacketNumber(reader.u32());
    out.frames = reader.rest();
    if (reader.failed() || out.frames.empty()) return wire_error("a long packet is cut short");
    return out;
}

void encode_long_header(ByteWriter& writer, const LongHeader& header, ByteView cookie,
                        PacketNumber number) {
    header.encode(writer);
    if (header.kind == LongKind::first)
        writer.u8(static_cast<std::uint8_t>(cookie.size())).bytes(cookie);
    writer.u32(truncated(number));
}

}  // namespace gantry::lftp
