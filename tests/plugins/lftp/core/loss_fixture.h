#pragma once

#include <lftp/core/loss_detector.h>

#include <array>
#include <string>
#include <vector>

namespace gantry::lftp {

// Notes what became of packets: "a3 l1 s1".
struct NotedFate final : PacketFate {
    std::string notes;
    void on_packet_acked(const SentPacket& packet) override { note('a', packet); }
    void on_packet_lost(const SentPacket& packet) override { note('l', packet); }
    void on_lost_packet_acked(const SentPacket& packet) override { note('s', packet); }
    std::string take() { return std::exchange(notes, {}); }

  private:
    void note(char what, const SentPacket& packet) {
        notes += what + std::to_string(packet.number.value()) + ' ';
    }
};

// An ack of these ranges, the largest first. The bytes that it borrows are kept.
class MadeAck {
  public:
    explicit MadeAck(std::vector<PacketRange> ranges, Duration delay = {},
                     std::optional<EcnCounts> ecn = {}) {
        ByteWriter writer(buffer_);
        encode_ack(writer, ranges, delay, ecn, buffer_.size());
        PacketReader reader(writer.written().subspan(1));
        ack_ = AckFrame::decode(reader, static_cast<FrameType>(buffer_[0]));
    }
    MadeAck(const MadeAck&) = delete;
    const AckFrame& frame() const { return ack_; }

  private:
    std::array<std::byte, 2048> buffer_{};
    AckFrame ack_;
};

inline PacketRange packets(std::uint64_t first, std::uint64_t last) {
    return {PacketNumber(first), PacketNumber(last)};
}

// A packet of 1200 bytes that counts.
inline SentPacket counting_packet(TimePoint now) {
    SentPacket packet;
    packet.delivery.sent_at = now;
    packet.delivery.size = 1200;
    packet.counts = packet.in_flight = true;
    return packet;
}

}  // namespace gantry::lftp
