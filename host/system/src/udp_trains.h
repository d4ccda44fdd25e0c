#pragma once

#include <gantry/net/datagram_socket.h>

namespace gantry::host {

// What one entry of a batch becomes in one message to the system.
struct TrainPart {
    ByteView bytes;
    std::uint16_t segment = 0;  // above 0: the system splits it
};

// Walks through a batch of datagrams and trains in parts that the system takes. A train of which
// only a part went is gone on with when the next batch begins with it.
class TrainCursor {
  public:
    // The system's limits: UDP_MAX_SEGMENTS of older kernels, and what one IPv4 datagram can hold.
    static constexpr std::size_t kMaxSegments = 64;
    static constexpr std::size_t kMaxPayload = 65507;

    void begin(std::span<const OutDatagram> batch) noexcept;
    bool done() const noexcept { return entry_ == batch_.size(); }
    const OutDatagram& entry() const noexcept { return batch_[entry_]; }
    std::size_t entries_done() const noexcept { return entry_; }
    // The next part of the current entry. With `split`, never more than one datagram.
    TrainPart part(bool split) const noexcept;
    void advance(std::size_t bytes) noexcept;

  private:
    std::span<const OutDatagram> batch_;
    std::size_t entry_ = 0;
    std::size_t offset_ = 0;           // in the entry's payload
    const std::byte* left_ = nullptr;  // the payload that was left in its middle
};

}  // namespace gantry::host
