#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>
#include <lftp/wire/stream_id.h>

namespace gantry::lftp {

// Bytes of a stream. They borrow.
struct StreamFrame {
    StreamId stream;
    std::uint64_t offset = 0;
    bool fin = false;
    ByteView bytes;

    // Its fields before the bytes, of which there will be `length`.
    void encode_head(ByteWriter& writer, std::size_t length, bool to_end) const;
    // `to_end`: nothing will follow in the packet, so no length is written.
    void encode(ByteWriter& writer, bool to_end) const;
    // Behind `type`, which is_stream(). A fault is latched in the reader; an end beyond kMaxVarint
    // is one.
    static StreamFrame decode(PacketReader& reader, FrameType type);
    // How many bytes fit into a frame of at most `room` bytes with a length; 0 also when its head
    // does not.
    static std::size_t capacity(StreamId stream, std::uint64_t offset, std::size_t room) noexcept;
    // What it takes without a length and without bytes.
    static std::size_t head_size(StreamId stream, std::uint64_t offset) noexcept;
};

}  // namespace gantry::lftp
