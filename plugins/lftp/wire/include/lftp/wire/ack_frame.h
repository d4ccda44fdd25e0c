#pragma once

#include <lftp/wire/frame_type.h>
#include <lftp/wire/packet_number.h>
#include <lftp/wire/packet_reader.h>

#include <optional>
#include <span>

namespace gantry::lftp {

// Packet numbers in a row, both ends among them.
struct PacketRange {
    PacketNumber first;
    PacketNumber last;

    std::uint64_t size() const noexcept { return last.value() - first.value() + 1; }
    bool operator==(const PacketRange&) const = default;
};

// How many packets came with each mark (RFC 3168), since the start.
struct EcnCounts {
    std::uint64_t ect0 = 0;
    std::uint64_t ect1 = 0;
    std::uint64_t ce = 0;
    bool operator==(const EcnCounts&) const = default;
};

// Which packets have arrived. What is decoded borrows, and names its ranges one by one.
class AckFrame {
  public:
    // Walks over the ranges, the largest numbers first.
    class Ranges {
      public:
        std::optional<PacketRange> next() noexcept;

      private:
        friend class AckFrame;
        Ranges(const AckFrame& ack) : reader_(ack.pairs_), range_(ack.newest_), left_(ack.count_) {}
        PacketReader reader_;
        PacketRange range_;
        std::uint64_t left_;
        bool begun_ = false;
    };

    // Behind `type`. All ranges are looked at once: a fault (also more than limits::kMaxAckRanges,
    // or a number below 0) is latched in the reader.
    static AckFrame decode(PacketReader& reader, FrameType type);

    PacketNumber largest() const noexcept { return newest_.last; }
    Duration delay() const noexcept { return delay_; }  // from its arrival to the ack
    const std::optional<EcnCounts>& ecn() const noexcept { return ecn_; }
    Ranges ranges() const noexcept { return {*this}; }

  private:
    void read_pairs(PacketReader& reader);

    PacketRange newest_;
    Duration delay_{0};
    std::uint64_t count_ = 0;  // of pairs
    ByteView pairs_;
    std::optional<EcnCounts> ecn_;
};

// Writes an ack of as many of `ranges` (the largest numbers first, none touching the next, at least
// one) as fit into `room` bytes, and says how many: 0, and nothing is written, when not even one
// does.
std::size_t encode_ack(ByteWriter& writer, std::span<const PacketRange> ranges, Duration delay,
                       const std::optional<EcnCounts>& ecn, std::size_t room);

}  // namespace gantry::lftp
