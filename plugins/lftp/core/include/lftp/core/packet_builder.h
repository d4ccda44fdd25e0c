#pragma once

#include <gantry/bytes/writer.h>
#include <lftp/core/sent_packets.h>

namespace gantry::lftp {

// Collects the frames of one packet, and what is to be remembered of them.
class PacketBuilder {
  public:
    // Writes into `packet`, whose last `overhead` bytes stay free for its protection.
    PacketBuilder(ByteSpan packet, std::size_t overhead) noexcept
        : packet_(packet), writer_(packet.first(packet.size() - overhead)), overhead_(overhead) {}

    ByteWriter& writer() noexcept { return writer_; }
    // The packet up to now, with the room for its protection at its end.
    ByteSpan whole() const noexcept { return packet_.first(size()); }
    // For frames.
    std::size_t room() const noexcept { return closed_ ? 0 : writer_.room(); }
    bool takes(std::size_t bytes) const noexcept { return room() >= bytes && record_.has_room(); }
    // A frame that counts was written, and is to be remembered.
    void note(const SentFrame& frame) noexcept;
    // One that counts was written, and nothing needs to be done when it is lost.
    void note_counting() noexcept { record_.counts = record_.in_flight = true; }
    void note_frame() noexcept { any_ = true; }  // any other
    // The last frame goes on to the end of the packet.
    void close_frames() noexcept { closed_ = true; }
    // Padding up to `size` bytes with the overhead; the packet then counts for congestion.
    void pad_to(std::size_t size) noexcept;

    bool empty() const noexcept { return !any_ && !record_.counts; }
    // Of the whole packet.
    std::size_t size() const noexcept { return writer_.size() + overhead_; }
    SentPacket& record() noexcept { return record_; }

  private:
    ByteSpan packet_;
    ByteWriter writer_;
    std::size_t overhead_;
    SentPacket record_;
    bool closed_ = false;
    bool any_ = false;
};

}  // namespace gantry::lftp
