#include <lftp/wire/crypto_frame.h>
#include <lftp/wire/varint.h>

namespace gantry::lftp {

void CryptoFrame::encode(ByteWriter& writer) const {
    write_type(writer, FrameType::crypto);
    write_varint(writer, offset);
    write_varint(writer, bytes.size());
    writer.bytes(bytes);
}

CryptoFrame CryptoFrame::decode(PacketReader& reader) {
    CryptoFrame out;
    out.offset = reader.varint();
    out.bytes = reader.bytes(reader.varint());
    return out;
}

std::size_t CryptoFrame::capacity(std::uint64_t offset, std::size_t room) noexcept {
    const std::size_t head = 1 + varint_size(offset) + varint_size(room);
    return room > head ? room - head : 0;
}

}  // namespace gantry::lftp
