#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>

namespace gantry::lftp {

// How often the peer is asked to acknowledge (docs/protocols/rudp.md section 3, "Ack frequency").
struct AckFrequencyFrame {
    std::uint64_t number = 0;     // of this frame; the newest counts
    std::uint64_t threshold = 0;  // packets that may wait without an ack
    Duration delay{0};            // how long the oldest of them may
    std::uint64_t reordering = 1;

    void encode(ByteWriter& writer) const;
    // Behind the type. A fault is latched in the reader.
    static AckFrequencyFrame decode(PacketReader& reader);
    bool operator==(const AckFrequencyFrame&) const = default;
};

}  // namespace gantry::lftp
