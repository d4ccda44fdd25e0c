#pragma once

#include <lftp/core/byte_ring.h>
#include <lftp/core/range_set.h>
#include <lftp/wire/transport_error.h>

#include <optional>

namespace gantry::lftp {

// One direction of a stream, as its receiver sees it: puts the bytes in order.
class ReceiveStream {
  public:
    struct Outcome {
        TransportError error = TransportError::no_error;
        bool refused = false;     // too many gaps: its packet is to be dropped as if lost
        std::uint64_t grown = 0;  // how much farther the highest offset is
    };

    explicit ReceiveStream(std::uint64_t origin = 0) noexcept : ring_(origin), highest_(origin) {}

    // Bytes from the peer, up to `limit`: flow_control for more, final_size where the end moves.
    Outcome on_data(std::uint64_t offset, ByteView bytes, bool fin, std::uint64_t limit);
    // The peer gives up; what was not read is dropped.
    Outcome on_reset(std::uint64_t code, std::uint64_t final_size, std::uint64_t limit);

    // Bytes that can be read.
    std::uint64_t available() const noexcept;
    std::size_t read(ByteSpan into);
    std::uint64_t read_offset() const noexcept { return ring_.begin(); }
    std::uint64_t highest() const noexcept { return highest_; }
    // All was read, up to the end.
    bool at_end() const noexcept { return final_size_ == ring_.begin() && !reset_code_; }
    // The end is known and all bytes before it have come; or a reset.
    bool complete() const noexcept;
    bool knows_end() const noexcept { return final_size_.has_value(); }
    std::optional<std::uint64_t> reset_code() const noexcept { return reset_code_; }

  private:
    TransportError check_size(std::uint64_t end, bool fin, std::uint64_t limit) const noexcept;
    std::uint64_t raise(std::uint64_t end) noexcept;

    ByteRing ring_;  // begins where reading goes on
    RangeSet got_;
    std::uint64_t highest_;
    std::optional<std::uint64_t> final_size_;
    std::optional<std::uint64_t> reset_code_;
};

}  // namespace gantry::lftp
