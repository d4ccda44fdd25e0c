#include <lftp/wire/checksum.h>
#include <lftp/wire/limits.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/version_negotiation.h>

namespace gantry::lftp {

void VersionNegotiation::encode(ByteWriter& writer) const {
    LongHeader{LongKind::version_negotiation, Version(0), destination, source}.encode(writer);
    for (const auto version : versions) writer.u32(version.value());
    write_checksum(writer);
}

Result<VersionNegotiation> VersionNegotiation::decode(ByteView datagram) {
    const auto header = peek_long_header(datagram);
    const auto body = checked(datagram);
    if (!header || header->version != Version(0))
        return wire_error("this is not a version negotiation");
    if (!body) return body.error();
    PacketReader reader(*body);
    (void)reader.bytes(LongHeader::kSize);
    VersionNegotiation out{header->destination, header->source, {}};
    while (!reader.done() && out.versions.size() <= limits::kMaxVersions)
        out.versions.push_back(Version(reader.u32()));
    if (reader.failed() || out.versions.empty() || out.versions.size() > limits::kMaxVersions)
        return wire_error("a version negotiation has no list of versions that fits");
    return out;
}

}  // namespace gantry::lftp
