#pragma once

#include <lftp/core/congestion/rate_sample.h>
#include <lftp/core/limits.h>
#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_number.h>
#include <lftp/wire/stream_id.h>

#include <array>
#include <span>
#include <vector>

namespace gantry::lftp {

// What is needed of a frame that went out, to send it again or to know that it came.
struct SentFrame {
    FrameType type = FrameType::padding;
    bool fin = false;          // of a stream
    std::uint32_t length = 0;  // of a stream or of the handshake stream
    StreamId stream;           // of those that name one
    std::uint64_t value = 0;   // an offset, a limit or a number
};

enum class SentState : std::uint8_t {
    done,  // acknowledged, or not waited for
    open,  // may be acknowledged yet
    lost,  // taken for lost; an acknowledgement would be a surprise
};

// A packet that went out. A plain record: the ring below holds some ten thousands of them.
struct SentPacket {
    static constexpr std::size_t kMaxFrames = 4;

    PacketNumber number;
    PacketDelivery delivery;  // with its size and when it was sent
    TimePoint lost_at;
    SentState state = SentState::done;
    PacketSpace space = PacketSpace::data;
    bool counts = false;     // has a frame that counts for acks
    bool in_flight = false;  // counts for congestion
    bool mtu_probe = false;
    bool marked = false;  // as ECT(0)
    std::uint8_t frame_count = 0;
    std::array<SentFrame, kMaxFrames> frame_store{};

    bool has_room() const noexcept { return frame_count < kMaxFrames; }
    // Only while has_room().
    void add(const SentFrame& frame) noexcept { frame_store[frame_count++] = frame; }
    std::span<const SentFrame> frames() const noexcept { return {frame_store.data(), frame_count}; }
};

// The packets of one space that went out, by their number: a ring that grows by doubling and then
// allocates nothing. Numbers have no gaps.
class SentPackets {
  public:
    explicit SentPackets(PacketNumber first = PacketNumber(0)) noexcept
        : begin_(first.value()), end_(first.value()) {}

    PacketNumber next() const noexcept { return PacketNumber(end_); }
    std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - begin_); }
    bool full() const noexcept { return size() >= limits::kMaxPacketsInFlight; }
    // Adds a packet under next(). It is lost when full(), a fault of the caller, which asserts.
    void push(const SentPacket& packet);
    // Nothing for a number that was never sent, or is forgotten.
    SentPacket* find(std::uint64_t number) noexcept;
    const SentPacket* find(std::uint64_t number) const noexcept;
    // Forgets the oldest ones, as far as they are done.
    void trim() noexcept;

  private:
    std::size_t slot(std::uint64_t number) const noexcept {
        return static_cast<std::size_t>(number) & (ring_.size() - 1);
    }
    void grow();

    std::vector<SentPacket> ring_;  // as many as a power of two
    std::uint64_t begin_;
    std::uint64_t end_;
};

}  // namespace gantry::lftp
