#include <lftp/wire/ack_frame.h>
#include <lftp/wire/limits.h>
#include <lftp/wire/varint.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

// The range below `above` that a pair describes, or none when it would lie below 0.
std::optional<PacketRange> range_below(PacketRange above, std::uint64_t gap, std::uint64_t more) {
    const std::uint64_t first = above.first.value();
    if (gap > first || first - gap < 2 || more > first - gap - 2) return std::nullopt;
    const std::uint64_t last = first - gap - 2;
    return PacketRange{PacketNumber(last - more), PacketNumber(last)};
}

std::uint64_t gap_between(const PacketRange& above, const PacketRange& below) {
    return above.first.value() - below.last.value() - 2;
}

EcnCounts read_ecn(PacketReader& reader) {
    EcnCounts out;
    out.ect0 = reader.varint();
    out.ect1 = reader.varint();
    out.ce = reader.varint();
    return out;
}

std::size_t ecn_size(const std::optional<EcnCounts>& ecn) {
    return ecn ? varint_size(ecn->ect0) + varint_size(ecn->ect1) + varint_size(ecn->ce) : 0;
}

// The number of pairs is written in two bytes at most.
std::size_t fixed_size(const PacketRange& newest, Duration delay,
                       const std::optional<EcnCounts>& ecn) {
    return 3 + varint_size(newest.last.value()) + micros_size(delay) +
           varint_size(newest.size() - 1) + ecn_size(ecn);
}

std::size_t pair_size(const PacketRange& above, const PacketRange& below) {
    return varint_size(gap_between(above, below)) + varint_size(below.size() - 1);
}

}  // namespace

std::optional<PacketRange> AckFrame::Ranges::next() noexcept {
    if (!begun_) {
        begun_ = true;
        return range_;
    }
    if (left_ == 0) return std::nullopt;
    --left_;
    const std::uint64_t gap = reader_.varint();
    const auto below = range_below(range_, gap, reader_.varint());
    if (below) range_ = *below;
    return below;
}

AckFrame AckFrame::decode(PacketReader& reader, FrameType type) {
    AckFrame out;
    const std::uint64_t largest = reader.varint();
    out.delay_ = reader.micros();
    out.count_ = reader.varint();
    const std::uint64_t more = reader.varint();
    if (more > largest || out.count_ >= limits::kMaxAckRanges) reader.fail();
    if (reader.failed()) return out;
    out.newest_ = {PacketNumber(largest - more), PacketNumber(largest)};
    out.read_pairs(reader);
    if (type == FrameType::ack_ecn) out.ecn_ = read_ecn(reader);
    return out;
}

void AckFrame::read_pairs(PacketReader& reader) {
    pairs_ = reader.ahead();
    const std::size_t before = reader.remaining();
    PacketRange above = newest_;
    for (std::uint64_t i = 0; i < count_ && !reader.failed(); ++i) {
        const std::uint64_t gap = reader.varint();
        const auto below = range_below(above, gap, reader.varint());
        if (!below) return reader.fail();
        above = *below;
    }
    pairs_ = pairs_.first(before - reader.remaining());
}

std::size_t encode_ack(ByteWriter& writer, std::span<const PacketRange> ranges, Duration delay,
                       const std::optional<EcnCounts>& ecn, std::size_t room) {
    std::size_t size = fixed_size(ranges[0], delay, ecn);
    if (size > room) return 0;
    std::size_t fitting = 1;
    for (; fitting < std::min(ranges.size(), limits::kMaxAckRanges); ++fitting) {
        size += pair_size(ranges[fitting - 1], ranges[fitting]);
        if (size > room) break;
    }
    write_type(writer, ecn ? FrameType::ack_ecn : FrameType::ack);
    write_varint(writer, ranges[0].last.value());
    write_micros(writer, delay);
    write_varint(writer, fitting - 1);
    write_varint(writer, ranges[0].size() - 1);
    for (std::size_t i = 1; i < fitting; ++i) {
        write_varint(writer, gap_between(ranges[i - 1], ranges[i]));
        write_varint(writer, ranges[i].size() - 1);
    }
    if (ecn)
        for (const auto count : {ecn->ect0, ecn->ect1, ecn->ce}) write_varint(writer, count);
    return fitting;
}

}  // namespace gantry::lftp
