#pragma once

#include <cstddef>
#include <cstdint>

// The sizes of docs/protocols/rudp.md section 11 that the bytes of a packet alone can break.
namespace gantry::lftp::limits {

inline constexpr std::size_t kMinDatagram = 1200;   // with a first packet
inline constexpr std::size_t kMaxDatagram = 65527;  // UDP payload
inline constexpr std::size_t kMaxCookie = 255;
inline constexpr std::size_t kMaxParameters = 1024;  // bytes of one block
inline constexpr std::size_t kMaxVersions = 16;      // in a packet, or in parameters
inline constexpr std::size_t kMaxProtections = 8;
inline constexpr std::size_t kMaxReason = 256;     // bytes of a close's text
inline constexpr std::size_t kMaxAckRanges = 257;  // of an ack that is taken

}  // namespace gantry::lftp::limits
