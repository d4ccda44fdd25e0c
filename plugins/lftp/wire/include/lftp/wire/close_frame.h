#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>

#include <string_view>

namespace gantry::lftp {

// The connection is over. The reason borrows.
struct CloseFrame {
    bool by_application = false;
    std::uint64_t code = 0;                // a TransportError, or the application's
    FrameType cause = FrameType::padding;  // the frame that was at fault; not the application's
    std::string_view reason;               // UTF-8, for people

    // The reason is cut to limits::kMaxReason bytes, and to what has room in `writer`.
    void encode(ByteWriter& writer) const;
    // Behind `type`. A fault is latched in the reader; a long reason is cut.
    static CloseFrame decode(PacketReader& reader, FrameType type);
    bool operator==(const CloseFrame&) const = default;
};

}  // namespace gantry::lftp
