#include <lftp/wire/varint.h>

#include <cassert>

namespace gantry::lftp {

void write_varint(ByteWriter& writer, std::uint64_t value) noexcept {
    write_varint(writer, value, varint_size(value));
}

void write_varint(ByteWriter& writer, std::uint64_t value, std::size_t size) noexcept {
    assert(value <= kMaxVarint && size >= varint_size(value));
    switch (size) {
        case 1:
            writer.u8(static_cast<std::uint8_t>(value));
            break;
        case 2:
            writer.u16(static_cast<std::uint16_t>(value | 0x4000U));
            break;
        case 4:
            writer.u32(static_cast<std::uint32_t>(value | 0x8000'0000U));
            break;
        default:
            writer.u64(value | 0xC000'0000'0000'0000U);
    }
}

}  // namespace gantry::lftp
