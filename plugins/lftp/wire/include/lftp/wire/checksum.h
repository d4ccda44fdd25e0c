#pragma once

#include <gantry/bytes/writer.h>
#include <gantry/core/result.h>

namespace gantry::lftp {

// What guards a packet that has no keys against damage: CRC-32C, in its last 4 bytes.
inline constexpr std::size_t kChecksumSize = 4;

void write_checksum(ByteWriter& packet) noexcept;
// The same in the last kChecksumSize bytes of the packet, which has them to spare.
void place_checksum(ByteSpan packet) noexcept;
// The packet without its checksum, or ErrorCode::integrity.
Result<ByteView> checked(ByteView packet);

}  // namespace gantry::lftp
