#pragma once

#include <gantry/bytes/writer.h>
#include <gantry/core/result.h>
#include <lftp/wire/connection_id.h>

namespace gantry::lftp {

// What a data packet begins with, and what its protection authenticates.
struct DataHeader {
    static constexpr std::size_t kSize = 13;

    bool key_phase = false;
    ConnectionId destination;
    std::uint32_t low_number = 0;  // see expanded()

    void encode(ByteWriter& writer) const;
    // ErrorCode::protocol for what is no data packet, or has nothing behind its header.
    static Result<DataHeader> decode(ByteView datagram);
    bool operator==(const DataHeader&) const = default;
};

}  // namespace gantry::lftp
