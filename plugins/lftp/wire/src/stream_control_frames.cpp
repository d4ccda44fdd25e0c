#include <lftp/wire/stream_control_frames.h>
#include <lftp/wire/varint.h>

namespace gantry::lftp {

void ResetStreamFrame::encode(ByteWriter& writer) const {
    write_type(writer, FrameType::reset_stream);
    for (const auto field : {stream.value(), code, final_size}) write_varint(writer, field);
}

ResetStreamFrame ResetStreamFrame::decode(PacketReader& reader) {
    ResetStreamFrame out;
    out.stream = StreamId(reader.varint());
    out.code = reader.varint();
    out.final_size = reader.varint();
    return out;
}

void StopSendingFrame::encode(ByteWriter& writer) const {
    write_type(writer, FrameType::stop_sending);
    for (const auto field : {stream.value(), code}) write_varint(writer, field);
}

StopSendingFrame StopSendingFrame::decode(PacketReader& reader) {
    StopSendingFrame out;
    out.stream = StreamId(reader.varint());
    out.code = reader.varint();
    return out;
}

}  // namespace gantry::lftp
