#include <lftp/core/packet_protection.h>

namespace gantry::lftp {

Result<void> PlainProtection::seal(PacketNumber, ByteSpan packet) {
    place_checksum(packet);
    return {};
}

Result<ByteView> PlainProtection::unseal(PacketNumber, const DataHeader& header, ByteSpan packet) {
    const auto body = checked(packet);
    if (!body) return body.error();
    if (header.key_phase || body->size() <= DataHeader::kSize)
        return make_error(ErrorCode::integrity, "rudp", "a plain packet that cannot be one");
    return body->subspan(DataHeader::kSize);
}

}  // namespace gantry::lftp
