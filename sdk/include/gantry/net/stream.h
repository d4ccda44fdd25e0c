#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/units.h>
#include <gantry/net/endpoint.h>
#include <gantry/net/event_loop.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace gantry {

class File;

// What protects the bytes on a stream, so that nobody encrypts twice.
struct Security {
    bool encrypted = false;
    bool authenticated = false;  // the peer proved who it is
    std::string protocol;        // "TLSv1.3"; empty when plain
    std::string peer_identity;   // the name that access rules use
};

struct ReadOutcome {
    std::size_t bytes = 0;
    bool end = false;  // the peer will send no more; bytes is 0
};

struct StreamCallbacks {
    Callback<> readable;     // bytes or the end wait
    Callback<> writable;     // there is room to write
    Callback<Error> closed;  // the connection failed (reset, time-out); no call comes after it
};

// A connected, ordered, reliable stream of bytes that belongs to one EventLoop: every call is made,
// and every callback comes, on that loop's thread. Calls never block. A callback may destroy the
// stream or replace its callbacks. Destroying a stream closes it at once; bytes that were accepted
// by write() are still sent by the system where it can: with bytes unread, the peer may see a
// failure.
//
// A failure is told by `closed` once, also when a call found it first; from then on every call
// answers its Error, and what had come and was not read may be gone.
class Stream {
  public:
    virtual ~Stream() = default;

    virtual void set_callbacks(StreamCallbacks callbacks) = 0;
    // Level-triggered, and starts as none. `closed` comes whatever the interest. Want no more to
    // read after the end, which waits for ever.
    virtual void set_interest(Interest interest) = 0;

    // Reads what is there. No bytes and no end means: nothing now, wait for `readable`.
    virtual Result<ReadOutcome> read(ByteSpan into) = 0;
    // Writes the buffers in order, as far as there is room, and says how many bytes went. 0: wait
    // for `writable`.
    virtual Result<std::size_t> write(std::span<const ByteView> buffers) = 0;
    // As write(), with bytes of a file, which need not pass through user space. At most `count`
    // bytes; 0 means wait for `writable`, and a file that ends before `offset` is ErrorCode::range.
    virtual Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) = 0;

    // Says that no more will be written; the peer reads the end. Reading goes on. From then on
    // write() answers ErrorCode::closed. Again is fine.
    virtual Result<void> finish_writing() = 0;
    // Drops the connection at once; the peer sees it fail. No callback comes after it, and calls
    // answer ErrorCode::closed.
    virtual void abort() = 0;

    virtual Endpoint local() const = 0;
    virtual Endpoint peer() const = 0;
    virtual Security security() const = 0;
};

}  // namespace gantry
