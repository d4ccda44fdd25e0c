#include <lftp/wire/checksum.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/retry_packet.h>

namespace gantry::lftp {

void RetryPacket::encode(ByteWriter& writer) const {
    LongHeader{LongKind::retry, kVersion1, destination, source}.encode(writer);
    writer.u64(original.value()).u8(static_cast<std::uint8_t>(cookie.size())).bytes(cookie);
    write_checksum(writer);
}

Result<RetryPacket> RetryPacket::decode(ByteView datagram) {
    const auto header = peek_long_header(datagram);
    const auto body = checked(datagram);
    if (!header || header->kind != LongKind::retry) return wire_error("this is not a retry");
    if (!body) return body.error();
    if (header->version != kVersion1)
        return make_error(ErrorCode::unsupported, "rudp", "a retry of another version");
    PacketReader reader(*body);
    (void)reader.bytes(LongHeader::kSize);
    RetryPacket out{header->destination, header->source, ConnectionId(reader.u64()), {}};
    out.cookie = reader.bytes(reader.u8());
    if (reader.failed() || !reader.done() || out.cookie.empty())
        return wire_error("a retry has another length than it says");
    return out;
}

}  // namespace gantry::lftp
