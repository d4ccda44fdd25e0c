#pragma once

#include <gantry/core/result.h>
#include <gantry/core/strong.h>
#include <gantry/core/units.h>

#include <array>
#include <cstdint>
#include <vector>

namespace gantry::cs {

using Bytes = std::vector<std::byte>;

// Which request of a connection a frame belongs to; 0 is the connection itself.
using RequestId = Strong<struct RequestIdTag, std::uint32_t>;
inline constexpr RequestId kConnectionId{0};

// Values that stand in no enumerator are legal on the wire; section 5 of docs/protocols/cs.md says
// what becomes of them.
enum class FrameType : std::uint8_t {
    request = 1,
    response = 2,
    data = 3,
    end = 4,
    error = 5,
    credit = 6,
    cancel = 7,
    piece = 8,
    hello = 128,
};
enum class ServiceId : std::uint8_t {
    file = 0,
    encrypted_file = 1,
    listing = 2,
    echo = 3,
    status = 4,
    hash = 5,
    put = 6,
    make_folder = 7,
    rename = 8,
    remove = 9,
    watch = 10,
};

constexpr bool is_optional(FrameType type) { return (static_cast<unsigned>(type) & 0x80U) != 0; }

// The 12 bytes that every frame starts with (docs/protocols/cs.md section 2).
struct FrameHeader {
    static constexpr std::size_t kSize = 12;
    static constexpr std::uint8_t kMagic = 0xC5;
    static constexpr std::uint8_t kVersion = 1;

    FrameType type = FrameType::request;
    std::uint8_t version = kVersion;
    ServiceId service = ServiceId::file;
    RequestId id;
    std::uint32_t length = kSize;  // of the whole frame

    std::size_t body_size() const noexcept { return length - kSize; }
    std::array<std::byte, kSize> encode() const;
    // Reads the first 12 bytes. ErrorCode::protocol for a wrong magic or a length below 12, range
    // when there are fewer bytes. Checks nothing else: what a receiver takes is FrameDecoder's.
    static Result<FrameHeader> decode(ByteView bytes);
    bool operator==(const FrameHeader&) const = default;
};

// A header for a body of `body_size` bytes.
FrameHeader make_header(FrameType type, ServiceId service, RequestId id, std::size_t body_size);
// A whole frame.
Bytes make_frame(FrameType type, ServiceId service, RequestId id, ByteView body);

// The peer broke the rules: ErrorCode::protocol in the domain "cs".
Error protocol_error(std::string message);

}  // namespace gantry::cs
