#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>

#include <array>

namespace gantry::lftp {

using PathToken = std::array<std::byte, 8>;

// Asks whether packets to an address come to the peer; the answer repeats the bytes.
struct PathFrame {
    FrameType type = FrameType::path_challenge;  // or path_response
    PathToken token{};

    void encode(ByteWriter& writer) const;
    // Behind `type`. A fault is latched in the reader.
    static PathFrame decode(PacketReader& reader, FrameType type);
    bool operator==(const PathFrame&) const = default;
};

}  // namespace gantry::lftp
