#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/stream_id.h>

namespace gantry::lftp {

// One limit of flow control, or that it holds somebody up: max_data, max_streams, data_blocked and
// streams_blocked; and for one stream max_stream_data and stream_data_blocked.
struct CreditFrame {
    FrameType type = FrameType::max_data;
    StreamId stream;  // of the two that are about one
    std::uint64_t limit = 0;

    static constexpr bool is_credit(FrameType type) noexcept {
        const auto at = static_cast<unsigned>(type);
        return at >= 0x10 && at <= 0x16 && at != 0x13;
    }
    static constexpr bool names_stream(FrameType type) noexcept {
        return type == FrameType::max_stream_data || type == FrameType::stream_data_blocked;
    }

    void encode(ByteWriter& writer) const;
    // Behind `type`, which is_credit(). A fault is latched in the reader.
    static CreditFrame decode(PacketReader& reader, FrameType type);
    bool operator==(const CreditFrame&) const = default;
};

}  // namespace gantry::lftp
