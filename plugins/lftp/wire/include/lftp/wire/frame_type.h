#pragma once

#include <gantry/bytes/writer.h>

#include <cstdint>

namespace gantry::lftp {

// The first byte of a frame (docs/protocols/rudp.md section 3, "Frames"). Values that stand in no
// enumerator are legal where is_optional() says so.
enum class FrameType : std::uint8_t {
    padding = 0x00,
    ping = 0x01,
    ack = 0x02,
    ack_ecn = 0x03,
    reset_stream = 0x04,
    stop_sending = 0x05,
    crypto = 0x06,
    stream = 0x08,  // to 0x0f; the low bits say which fields follow
    max_data = 0x10,
    max_stream_data = 0x11,
    max_streams = 0x12,
    data_blocked = 0x14,
    stream_data_blocked = 0x15,
    streams_blocked = 0x16,
    path_challenge = 0x1a,
    path_response = 0x1b,
    transport_close = 0x1c,
    application_close = 0x1d,
    handshake_done = 0x1e,
    immediate_ack = 0x1f,
    ack_frequency = 0x20,
};

// The two spaces of packet numbers.
enum class PacketSpace : std::uint8_t { handshake = 0, data = 1 };

constexpr bool is_optional(FrameType type) noexcept {
    return (static_cast<unsigned>(type) & 0x80U) != 0;
}
constexpr bool is_stream(FrameType type) noexcept {
    return (static_cast<unsigned>(type) & 0xF8U) == 0x08U;
}
// Whether a packet with it is to be acknowledged.
constexpr bool counts_for_acks(FrameType type) noexcept {
    return type != FrameType::padding && type != FrameType::ack && type != FrameType::ack_ecn &&
           type != FrameType::transport_close && type != FrameType::application_close;
}
// Whether a packet of that space may hold it.
constexpr bool may_stand_in(FrameType type, PacketSpace space) noexcept {
    return space == PacketSpace::data || type <= FrameType::ack_ecn || type == FrameType::crypto ||
           type == FrameType::transport_close;
}

inline void write_type(ByteWriter& writer, FrameType type) noexcept {
    writer.u8(static_cast<std::uint8_t>(type));
}

}  // namespace gantry::lftp
