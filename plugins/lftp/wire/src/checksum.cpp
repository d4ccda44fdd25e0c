#include <gantry/bytes/crc32c.h>
#include <gantry/bytes/reader.h>
#include <lftp/wire/checksum.h>

namespace gantry::lftp {

namespace {

std::uint32_t checksum_of(ByteView bytes) noexcept {
    Crc32c crc;
    crc.update(bytes);
    return crc.value();
}

}  // namespace

void write_checksum(ByteWriter& packet) noexcept { packet.u32(checksum_of(packet.written())); }

void place_checksum(ByteSpan packet) noexcept {
    const ByteView body = packet.first(packet.size() - kChecksumSize);
    ByteWriter(packet.last(kChecksumSize)).u32(checksum_of(body));
}

Result<ByteView> checked(ByteView packet) {
    if (packet.size() >= kChecksumSize) {
        const ByteView body = packet.first(packet.size() - kChecksumSize);
        if (ByteReader(packet.last(kChecksumSize)).u32().value() == checksum_of(body)) return body;
    }
    return make_error(ErrorCode::integrity, "rudp", "the checksum of a packet does not fit");
}

}  // namespace gantry::lftp
