#include <lftp/wire/ack_frequency_frame.h>
#include <lftp/wire/varint.h>

namespace gantry::lftp {

void AckFrequencyFrame::encode(ByteWriter& writer) const {
    write_type(writer, FrameType::ack_frequency);
    write_varint(writer, number);
    write_varint(writer, threshold);
    write_micros(writer, delay);
    write_varint(writer, reordering);
}

AckFrequencyFrame AckFrequencyFrame::decode(PacketReader& reader) {
    AckFrequencyFrame out;
    out.number = reader.varint();
    out.threshold = reader.varint();
    out.delay = reader.micros();
    out.reordering = reader.varint();
    return out;
}

}  // namespace gantry::lftp
