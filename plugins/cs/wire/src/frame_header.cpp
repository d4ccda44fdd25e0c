#include <cs/wire/frame_header.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry::cs {

std::array<std::byte, FrameHeader::kSize> FrameHeader::encode() const {
    std::array<std::byte, kSize> out{};
    ByteWriter writer(out);
    writer.u8(static_cast<std::uint8_t>(type)).u8(kMagic).u8(version);
    writer.u8(static_cast<std::uint8_t>(service)).u32(id.value()).u32(length);
    return out;
}

Result<FrameHeader> FrameHeader::decode(ByteView bytes) {
    ByteReader reader(bytes);
    auto head = reader.bytes(kSize);
    if (!head) return std::move(head).error();
    ByteReader fields(*head);
    FrameHeader out;
    out.type = static_cast<FrameType>(fields.u8().value());
    if (fields.u8().value() != kMagic) return protocol_error("these bytes are not a cs1 frame");
    out.version = fields.u8().value();
    out.service = static_cast<ServiceId>(fields.u8().value());
    out.id = RequestId(fields.u32().value());
    out.length = fields.u32().value();
    if (out.length < kSize) return protocol_error("a frame says it is shorter than its header");
    return out;
}

FrameHeader make_header(FrameType type, ServiceId service, RequestId id, std::size_t body_size) {
    FrameHeader header;
    header.type = type;
    header.service = service;
    header.id = id;
    header.length = static_cast<std::uint32_t>(FrameHeader::kSize + body_size);
    return header;
}

Bytes make_frame(FrameType type, ServiceId service, RequestId id, ByteView body) {
    const auto head = make_header(type, service, id, body.size()).encode();
    Bytes frame(head.size() + body.size());
    std::copy(head.begin(), head.end(), frame.begin());
    std::copy(body.begin(), body.end(), frame.begin() + FrameHeader::kSize);
    return frame;
}

Error protocol_error(std::string message) {
    return make_error(ErrorCode::protocol, "cs", std::move(message));
}

}  // namespace gantry::cs
