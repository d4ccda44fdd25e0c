#include <lftp/wire/packet_reader.h>
#include <lftp/wire/varint.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

constexpr std::chrono::microseconds kLongest = std::chrono::hours(240);

std::uint64_t micros_of(Duration duration) noexcept {
    const auto count = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    return static_cast<std::uint64_t>(std::clamp<std::int64_t>(count, 0, kLongest.count()));
}

}  // namespace

std::uint64_t PacketReader::varint() noexcept {
    const std::uint8_t first = u8();
    std::uint64_t value = first & 0x3FU;
    const ByteView more = bytes((1U << (first >> 6U)) - 1);
    for (const std::byte b : more) value = (value << 8U) | std::to_integer<std::uint64_t>(b);
    return failed_ ? 0 : value;
}

Duration PacketReader::micros() noexcept {
    const auto most = static_cast<std::uint64_t>(kLongest.count());
    return std::chrono::microseconds(std::min(varint(), most));
}

ByteView PacketReader::bytes(std::uint64_t count) noexcept {
    if (count > remaining()) failed_ = true;
    return failed_ ? ByteView() : *reader_.bytes(static_cast<std::size_t>(count));
}

void write_micros(ByteWriter& writer, Duration duration) noexcept {
    write_varint(writer, micros_of(duration));
}

std::size_t micros_size(Duration duration) noexcept { return varint_size(micros_of(duration)); }

Error wire_error(std::string message) {
    return make_error(ErrorCode::protocol, "rudp", std::move(message));
}

}  // namespace gantry::lftp
