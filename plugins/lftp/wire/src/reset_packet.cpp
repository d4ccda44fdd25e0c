#include <lftp/wire/checksum.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/reset_packet.h>

#include <algorithm>

namespace gantry::lftp {

void ResetPacket::encode(ByteWriter& writer) const {
    LongHeader{LongKind::reset, kVersion1, ConnectionId(0), source}.encode(writer);
    writer.bytes(token);
    write_checksum(writer);
}

Result<ResetPacket> ResetPacket::decode(ByteView datagram) {
    const auto header = peek_long_header(datagram);
    if (!header || header->kind != LongKind::reset || datagram.size() != kSize)
        return wire_error("this is not a reset");
    if (const auto body = checked(datagram); !body) return body.error();
    if (header->version != kVersion1)
        return make_error(ErrorCode::unsupported, "rudp", "a reset of another version");
    ResetPacket out;
    out.source = header->source;
    const auto token = datagram.subspan(LongHeader::kSize, kResetTokenSize);
    std::copy(token.begin(), token.end(), out.token.begin());
    return out;
}

}  // namespace gantry::lftp
