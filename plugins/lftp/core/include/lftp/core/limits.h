#pragma once

#include <lftp/wire/limits.h>

#include <chrono>
#include <cstddef>
#include <cstdint>

// The sizes and times of docs/protocols/rudp.md section 11 that a connection watches over.
namespace gantry::lftp::limits {

inline constexpr std::size_t kMaxReportedRanges = 64;  // of an ack that is sent
inline constexpr std::size_t kMaxTrackedRanges = 256;  // of received packets
inline constexpr unsigned kMaxReports = 8;             // of a range that does not change

inline constexpr std::size_t kMaxCryptoAhead = 64 * 1024;
inline constexpr std::size_t kMaxCryptoBytes = 256 * 1024;
inline constexpr std::size_t kMaxEarlyPackets = 16;

inline constexpr std::uint64_t kMaxStreams = 1024;  // of one side at a time
inline constexpr std::size_t kMaxStreamGaps = 16'384;
inline constexpr std::uint64_t kMaxStreamWindow = 64 * 1024 * 1024;
inline constexpr std::uint64_t kMaxConnectionWindow = 96 * 1024 * 1024;
inline constexpr std::size_t kMinStreamCut = 1024;  // no smaller frame only to use up credit

inline constexpr std::size_t kRoomWorthTelling = 64 * 1024;

inline constexpr std::size_t kMaxPathResponses = 8;
inline constexpr std::size_t kMaxPacketsInFlight = 262'144;
inline constexpr std::uint64_t kMaxPacketsPerKey = std::uint64_t{1} << 22;
inline constexpr std::uint64_t kMaxForgedPackets = std::uint64_t{1} << 36;
inline constexpr std::uint64_t kAmplification = 3;

inline constexpr std::size_t kRetryAbove = 64;     // half-open connections
inline constexpr std::size_t kMaxHalfOpen = 1024;  // more first packets are dropped
inline constexpr unsigned kMaxResetsPerSecond = 100;

inline constexpr std::chrono::seconds kCookieLife{10};
inline constexpr std::chrono::seconds kHandshakeTimeout{30};
inline constexpr std::chrono::seconds kIdleTimeout{30};
inline constexpr std::chrono::seconds kKeepAlive{15};
inline constexpr std::chrono::seconds kMaxProbeTimeout{3};

}  // namespace gantry::lftp::limits
