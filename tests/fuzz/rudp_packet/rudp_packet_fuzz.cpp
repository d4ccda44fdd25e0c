// A datagram from anybody through every decoder of packets. What was read and has a checksum is
// written again, and must read the same.
#include <lftp/wire/checksum.h>
#include <lftp/wire/data_header.h>
#include <lftp/wire/reset_packet.h>
#include <lftp/wire/retry_packet.h>
#include <lftp/wire/version_negotiation.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace gantry;
using namespace gantry::lftp;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

void decode(ByteView datagram) {
    std::array<std::byte, 4096> again{};
    ByteWriter writer(again);
    (void)peek_long_header(datagram);
    (void)LongPacket::decode(datagram);
    (void)DataHeader::decode(datagram);
    if (const auto retry = RetryPacket::decode(datagram)) {
        retry->encode(writer);
        require(std::ranges::equal(writer.written(), datagram));
    } else if (const auto reset = ResetPacket::decode(datagram)) {
        reset->encode(writer);
        require(ResetPacket::decode(writer.written()).value() == *reset);
    } else if (const auto versions = VersionNegotiation::decode(datagram)) {
        versions->encode(writer);
        require(VersionNegotiation::decode(writer.written()).value() == *versions);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    decode(bytes);
    // Nobody guesses a checksum: the same with the right one.
    std::vector<std::byte> sealed(size + kChecksumSize);
    ByteWriter writer(sealed);
    writer.bytes(bytes);
    write_checksum(writer);
    decode(sealed);
    return 0;
}
