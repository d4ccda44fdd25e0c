#pragma once

#include <gantry/core/units.h>

#include <cstddef>
#include <cstdint>

// What a peer can make grow or make wait (docs/protocols/cs.md section 3).
namespace gantry::cs::limits {

inline constexpr std::size_t kMaxPendingRequests = 64;       // of one connection, not answered yet
inline constexpr std::size_t kMaxPendingBytes = 256 * 1024;  // the bodies of those
inline constexpr std::size_t kMaxQueuedBytes = 256 * 1024;   // of answers, besides file bytes
inline constexpr std::size_t kWholeFile = 16 * 1024;         // that is sent from memory
inline constexpr std::size_t kClassicRange = 64 * 1024;      // of a file, packed at once

inline constexpr std::uint64_t kMaxPage = 16'384;          // entries of a page of a listing
inline constexpr std::size_t kMaxPageNames = 1024 * 1024;  // bytes of their names

inline constexpr std::size_t kMaxUploads = 64;               // of one connection, without their end
inline constexpr std::size_t kMaxUploadBytes = 1024 * 1024;  // of those, not yet written

// With streams.
inline constexpr std::size_t kMaxAnswers = 32;               // of one connection at once
inline constexpr std::size_t kMaxControlBytes = 512 * 1024;  // of frames that are not data
inline constexpr std::size_t kMaxAnswerQueue = 64 * 1024;    // of entries of one answer
inline constexpr std::size_t kEntriesFrame = 16 * 1024;      // the body of one, at most
inline constexpr std::size_t kSharedFrame = 256 * 1024;      // of data, while others have some too
inline constexpr std::uint64_t kEarlyUpload = 64 * 1024;     // before the server's HELLO

// How many bytes of data a side takes before it must give credit again.
struct WindowRange {
    std::uint64_t first = 0;    // told in the HELLO
    std::uint64_t least = 0;    // once it is in use
    std::uint64_t largest = 0;  // that measurement can bring
};
inline constexpr WindowRange kServerWindow{1U << 20U, 1U << 20U, 8U << 20U};
inline constexpr WindowRange kServerStream{64U << 10U, 1U << 20U, 8U << 20U};
inline constexpr WindowRange kClientWindow{6U << 20U, 6U << 20U, 32U << 20U};
inline constexpr WindowRange kClientStream{4U << 20U, 4U << 20U, 16U << 20U};

struct ServerTimes {
    Duration handshake = std::chrono::seconds(10);  // from connecting to the first whole request
    Duration request = std::chrono::seconds(10);    // from a request's first byte to its last
    Duration idle = std::chrono::seconds(60);       // with no request open
    Duration drain = std::chrono::seconds(30);      // in which the client takes kMinDrained bytes
    Duration upload = std::chrono::seconds(30);     // in which it sends kMinDrained bytes
    Duration linger = std::chrono::seconds(2);      // for the last words to arrive
};
inline constexpr std::uint64_t kMinDrained = 4096;

struct ClientTimes {
    Duration answer = std::chrono::seconds(60);  // without one byte, while a request is open
};

}  // namespace gantry::cs::limits
