#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/stream_id.h>

namespace gantry::lftp {

// The sender gives up what is left of its direction of a stream.
struct ResetStreamFrame {
    StreamId stream;
    std::uint64_t code = 0;  // of the application
    std::uint64_t final_size = 0;

    void encode(ByteWriter& writer) const;
    // Behind the type. A fault is latched in the reader.
    static ResetStreamFrame decode(PacketReader& reader);
    bool operator==(const ResetStreamFrame&) const = default;
};

// The receiver wants no more of the peer's direction of a stream.
struct StopSendingFrame {
    StreamId stream;
    std::uint64_t code = 0;  // of the application

    void encode(ByteWriter& writer) const;
    static StopSendingFrame decode(PacketReader& reader);
    bool operator==(const StopSendingFrame&) const = default;
};

}  // namespace gantry::lftp
