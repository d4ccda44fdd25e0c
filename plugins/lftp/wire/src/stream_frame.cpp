#include <lftp/wire/stream_frame.h>
#include <lftp/wire/varint.h>

namespace gantry::lftp {

namespace {

constexpr unsigned kHasOffset = 0x04;
constexpr unsigned kHasLength = 0x02;
constexpr unsigned kHasFin = 0x01;

}  // namespace

void StreamFrame::encode(ByteWriter& writer, bool to_end) const {
    encode_head(writer, bytes.size(), to_end);
    writer.bytes(bytes);
}

void StreamFrame::encode_head(ByteWriter& writer, std::size_t length, bool to_end) const {
    const unsigned flags =
        (offset > 0 ? kHasOffset : 0) | (to_end ? 0 : kHasLength) | (fin ? kHasFin : 0);
    writer.u8(static_cast<std::uint8_t>(static_cast<unsigned>(FrameType::stream) | flags));
    write_varint(writer, stream.value());
    if (offset > 0) write_varint(writer, offset);
    if (!to_end) write_varint(writer, length);
}

StreamFrame StreamFrame::decode(PacketReader& reader, FrameType type) {
    const auto flags = static_cast<unsigned>(type);
    StreamFrame out;
    out.stream = StreamId(reader.varint());
    if ((flags & kHasOffset) != 0) out.offset = reader.varint();
    out.fin = (flags & kHasFin) != 0;
    out.bytes = (flags & kHasLength) != 0 ? reader.bytes(reader.varint()) : reader.rest();
    if (out.offset + out.bytes.size() > kMaxVarint) reader.fail();
    return out;
}

std::size_t StreamFrame::head_size(StreamId stream, std::uint64_t offset) noexcept {
    return 1 + varint_size(stream.value()) + (offset > 0 ? varint_size(offset) : 0);
}

std::size_t StreamFrame::capacity(StreamId stream, std::uint64_t offset,
                                  std::size_t room) noexcept {
    const std::size_t head = head_size(stream, offset) + varint_size(room);
    return room > head ? room - head : 0;
}

}  // namespace gantry::lftp
