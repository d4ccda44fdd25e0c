#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_reader.h>

namespace gantry::lftp {

// Bytes of the handshake stream. They borrow.
struct CryptoFrame {
    std::uint64_t offset = 0;
    ByteView bytes;

    void encode(ByteWriter& writer) const;
    // Behind the type. A fault is latched in the reader.
    static CryptoFrame decode(PacketReader& reader);
    // How many bytes fit into a frame of at most `room` bytes; 0 also when its head does not.
    static std::size_t capacity(std::uint64_t offset, std::size_t room) noexcept;
};

}  // namespace gantry::lftp
