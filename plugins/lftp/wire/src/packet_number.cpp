#include <lftp/wire/packet_number.h>

namespace gantry::lftp {

PacketNumber expanded(std::uint32_t low, PacketNumber expected, unsigned bits) noexcept {
    const std::uint64_t window = std::uint64_t{1} << bits;
    const std::uint64_t half = window / 2;
    const std::uint64_t near = (expected.value() & ~(window - 1)) | low;
    if (near + half <= expected.value() && near + window <= kMaxPacketNumber.value())
        return PacketNumber(near + window);
    if (near > expected.value() + half && near >= window) return PacketNumber(near - window);
    return PacketNumber(near);
}

}  // namespace gantry::lftp
