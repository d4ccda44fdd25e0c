#pragma once

#include "byte_queue.h"

#include <gantry/core/random.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace gantry::testing::detail {

// A piece of one direction of a stream. With `end`, nothing follows.
struct Segment {
    std::uint64_t offset = 0;
    std::vector<std::byte> bytes;
    bool end = false;
};

struct Acknowledgement {
    std::uint64_t received = 0;    // all bytes below this have come
    std::uint64_t window_end = 0;  // bytes below this may be sent
    bool end = false;              // so has the end
};

// The sending half: a bounded buffer of what is unsent or unacknowledged. A pure value.
class SendHalf {
  public:
    SendHalf(std::size_t buffer, std::size_t window) : limit_(buffer), window_end_(window) {}

    std::size_t room() const noexcept;
    // Enough for a system to say that it can be written.
    bool is_roomy() const noexcept;
    // Takes up to `most` bytes, as far as there is room.
    std::size_t accept(std::span<const ByteView> buffers, std::size_t most);
    void finish() noexcept { finishing_ = true; }
    bool finishing() const noexcept { return finishing_; }
    // The next piece of at most `longest` bytes that the window lets out.
    std::optional<Segment> next(std::size_t longest);
    // True when it made room or opened the window.
    bool acknowledge(const Acknowledgement& ack);
    // All is sent and has come, the end too.
    bool done() const noexcept { return end_acknowledged_; }
    bool is_missing(const Segment& segment) const noexcept;

  private:
    std::size_t limit_;
    ByteQueue unsent_;
    std::uint64_t sent_ = 0;
    std::uint64_t acknowledged_ = 0;
    std::uint64_t window_end_;
    bool finishing_ = false;
    bool end_sent_ = false;
    bool end_acknowledged_ = false;
};

// The receiving half: puts segments in order within its window. A pure value.
class ReceiveHalf {
  public:
    explicit ReceiveHalf(std::size_t window) : window_(window) {}

    void receive(Segment segment);
    std::size_t read(ByteSpan into) { return ready_.pop(into); }
    std::size_t unread() const noexcept { return ready_.size(); }
    // The peer's end has come and all before it was read.
    bool at_end() const noexcept { return ended_ && ready_.empty(); }
    bool ended() const noexcept { return ended_; }
    Acknowledgement acknowledgement() const noexcept;

  private:
    std::size_t window_;
    ByteQueue ready_;
    std::map<std::uint64_t, Segment> early_;
    std::uint64_t received_ = 0;
    bool ended_ = false;
};

}  // namespace gantry::testing::detail
