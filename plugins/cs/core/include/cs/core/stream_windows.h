#pragma once

#include <cs/core/receive_window.h>
#include <cs/wire/frame_header.h>

#include <map>
#include <optional>
#include <set>

namespace gantry::cs {

// What a side takes of one connection with streams: a window over all requests, and one for each.
// A stream that waits does not hold up the others: its bytes count for its own window alone, which
// stays at its first size.
class StreamWindows {
  public:
    struct Grant {
        RequestId id;             // kConnectionId: over all requests
        std::uint64_t limit = 0;  // to be told to the peer
    };
    StreamWindows(const limits::WindowRange& connection, const limits::WindowRange& stream)
        : stream_range_(stream), connection_(connection) {}

    // A request has been made, whose data will come.
    void begin(RequestId id);
    // It waits no longer.
    void use(RequestId id);
    // ErrorCode::protocol when there was no credit for it. Bytes of a stream that is over count for
    // the connection alone.
    Result<void> received(RequestId id, std::uint64_t bytes, TimePoint now);
    void consumed(RequestId id, std::uint64_t bytes);
    // It is over. What is still held of it may be told by consumed() later.
    void end(RequestId id);
    // It is over, and what is held of it was dropped.
    void drop(RequestId id);

    // Call it until it answers nothing.
    std::optional<Grant> poll_grant(TimePoint now);
    // Whether the peer may send data of it now.
    bool has_room(RequestId id) const noexcept;
    std::uint64_t held() const noexcept { return connection_.held(); }

  private:
    struct Stream {
        ReceiveWindow window;
        std::uint64_t early = 0;  // came while it waited, and is held
        bool waits = true;
    };
    void consumed_by_all(std::uint64_t bytes);

    limits::WindowRange stream_range_;
    ReceiveWindow connection_;
    std::map<RequestId, Stream> streams_;
    std::set<RequestId> changed_;  // whose windows may have a grant
};

}  // namespace gantry::cs
