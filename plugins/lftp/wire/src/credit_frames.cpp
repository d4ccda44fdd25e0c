#include <lftp/wire/credit_frames.h>
#include <lftp/wire/varint.h>

namespace gantry::lftp {

void CreditFrame::encode(ByteWriter& writer) const {
    write_type(writer, type);
    if (names_stream(type)) write_varint(writer, stream.value());
    write_varint(writer, limit);
}

CreditFrame CreditFrame::decode(PacketReader& reader, FrameType type) {
    CreditFrame out;
    out.type = type;
    if (names_stream(type)) out.stream = StreamId(reader.varint());
    out.limit = reader.varint();
    return out;
}

}  // namespace gantry::lftp
