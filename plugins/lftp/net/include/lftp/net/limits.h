#pragma once

#include <gantry/core/units.h>

#include <chrono>
#include <cstddef>

// What one UDP socket of rudp, and its connections, may hold at once.
namespace gantry::lftp::limits {

inline constexpr std::size_t kReceiveSlots = 16;         // trains of one system call
inline constexpr std::size_t kSlotBytes = 65'536;        // the longest train that is received
inline constexpr std::size_t kTrainBytes = 65'000;       // the longest that is sent
inline constexpr int kReceiveTurns = 4;                  // then the rest of the loop has its turn
inline constexpr int kTrainsPerTurn = 16;                // of one connection, likewise
inline constexpr std::size_t kMaxConnections = 100'000;  // of one socket
inline constexpr std::size_t kLoopbackDatagram = 32'768;
inline constexpr std::size_t kLargestSearched = 8972;  // UDP payload of jumbo frames
inline constexpr std::chrono::milliseconds kLoopbackAckDelay{1};
// What a client takes from the begin, before it knows the way: as much as long fast ones hold.
inline constexpr std::uint64_t kClientStreamWindow = 4U << 20U;
inline constexpr std::uint64_t kClientWindow = 6U << 20U;
inline constexpr std::size_t kSocketBuffer = std::size_t{4} << 20U;

// How long a connection goes on to deliver after its stream has gone.
inline constexpr std::chrono::seconds kFarewell{10};

}  // namespace gantry::lftp::limits
