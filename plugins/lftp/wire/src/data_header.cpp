#include <lftp/wire/data_header.h>
#include <lftp/wire/packet_reader.h>

namespace gantry::lftp {

namespace {

constexpr std::uint8_t kDataKind = 0x40;
constexpr std::uint8_t kPhaseBit = 0x01;

}  // namespace

void DataHeader::encode(ByteWriter& writer) const {
    writer.u8(key_phase ? kDataKind | kPhaseBit : kDataKind);
    writer.u64(destination.value()).u32(low_number);
}

Result<DataHeader> DataHeader::decode(ByteView datagram) {
    PacketReader reader(datagram);
    const std::uint8_t kind = reader.u8();
    DataHeader out;
    out.key_phase = (kind & kPhaseBit) != 0;
    out.destination = ConnectionId(reader.u64());
    out.low_number = reader.u32();
    if (reader.done() || (kind & ~kPhaseBit) != kDataKind)
        return wire_error("this is not a data packet");
    return out;
}

}  // namespace gantry::lftp
