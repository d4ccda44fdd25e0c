#pragma once

#include <gantry/core/units.h>

#include <cstddef>
#include <cstdint>

// What one server or one download may hold at once.
namespace gantry::cs::limits {

inline constexpr std::uint64_t kReadStep = 1024 * 1024;     // bytes one disk task reads
inline constexpr std::uint64_t kReadAhead = 4 * kReadStep;  // read from disk and not sent yet
inline constexpr std::uint64_t kCopyStep = 256 * 1024;      // bytes of a block to send
inline constexpr std::uint64_t kCopyAhead = 4 * kCopyStep;  // read to memory and not sent yet
inline constexpr std::uint64_t kSealStep = 256 * 1024;      // bytes one disk task reads and seals
inline constexpr std::uint64_t kSealAhead = 2 * kSealStep;  // sealed and not sent yet
inline constexpr std::uint64_t kHashStep = 8 * kReadStep;   // bytes one disk task hashes
inline constexpr std::size_t kMaxHashesKept = 1024;         // of one server
inline constexpr std::size_t kEntriesPerStep = 256;         // of a listing, one disk task
inline constexpr std::size_t kNamesPerStep = 4096;          // looked at meanwhile

inline constexpr Duration kShowLife = std::chrono::seconds(5);  // an answer without news

inline constexpr std::size_t kSendBuffer = 16 * 1024;  // of headers and messages, at once
inline constexpr std::size_t kReceiveBuffer = 256 * 1024;
inline constexpr std::size_t kReceiveBuffers = 144;  // of one connection: its largest window, and
                                                     // what is between the blocks
inline constexpr int kClientReads = 8;               // of a connection in one turn
inline constexpr std::size_t kUploadStep = 256 * 1024;  // bytes one disk task reads
inline constexpr std::size_t kUploadsAtOnce = 32;       // files of one upload
inline constexpr std::size_t kFilesAtOnce = 48;  // of one download: asked for or being written
inline constexpr std::size_t kMaxPieces = 4 * 1024 * 1024;  // of a file that can be resumed
inline constexpr std::uint64_t kRange = 16 * kReadStep;     // of one request, with several channels
inline constexpr std::size_t kRangesAtOnce = 2;             // of one file on one channel
inline constexpr int kPieceTries = 3;                       // of a piece that comes damaged
inline constexpr std::uint64_t kMaxPiecesAhead = 1024;      // told of before their bytes
inline constexpr std::size_t kMaxListed = 1'000'000;        // entries that one command keeps
inline constexpr std::size_t kMaxFailuresKept = 100;        // of a folder; all are counted

// Before a connection is secured.
inline constexpr std::size_t kMaxHandshakes = 256;  // of one listener, not done yet
inline constexpr Duration kHandshakeTime = std::chrono::seconds(10);
inline constexpr Duration kFarewellTime = std::chrono::seconds(2);  // for one who is turned away
inline constexpr std::size_t kFarewellBytes = 64 * 1024;  // that he still sends and are dropped

// Of one server, over all its loops.
inline constexpr std::size_t kMaxConnections = 10'000;
inline constexpr std::size_t kMostConnections = 1'000'000;  // that it can be told to take
inline constexpr std::size_t kMaxConnectionsPerAddress = 1'000;
inline constexpr std::uint32_t kNewConnectionsPerSecond = 500;  // of one address
inline constexpr std::int64_t kConnectionBurst = 1'000;         // of one address, at once
inline constexpr std::size_t kMaxAddressesKept = 20'000;        // whose connections are counted
inline constexpr std::size_t kMaxOpenFiles = 256;               // the rest wait their turn
inline constexpr std::size_t kMaxOpenFilesPerAddress = 64;      // likewise
inline constexpr std::size_t kMaxCopying = 32;                  // answers that send from memory
inline constexpr std::size_t kMaxServerLoops = 32;
inline constexpr std::size_t kUsualServerLoops = 8;  // or fewer, as there are cores
inline constexpr std::size_t kMaxFarewells = 256;    // refused ones that are told so, of one loop

// Of the classic wire.
inline constexpr std::size_t kMaxCatalogueNames = 1'000'000;  // of one reply, held at once
inline constexpr std::size_t kClassicBuffers = 16;            // blocks of one connection
inline constexpr std::size_t kClassicConnections = 8;         // of one client

}  // namespace gantry::cs::limits
