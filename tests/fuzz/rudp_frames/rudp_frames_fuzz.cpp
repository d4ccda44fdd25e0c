// The frames of a packet, of both spaces. What can be written again must be read the same.
#include <lftp/wire/frame_reader.h>
#include <lftp/wire/limits.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace gantry;
using namespace gantry::lftp;

namespace {

void require(bool fine) {
    if (!fine) std::abort();
}

std::vector<PacketRange> ranges_of(const AckFrame& ack) {
    std::vector<PacketRange> out;
    auto ranges = ack.ranges();
    while (const auto range = ranges.next()) out.push_back(*range);
    return out;
}

void write(ByteWriter& writer, const AckFrame& ack) {
    const auto ranges = ranges_of(ack);
    require(encode_ack(writer, ranges, ack.delay(), ack.ecn(), writer.room()) == ranges.size());
}
void write(ByteWriter& writer, const StreamFrame& frame) { frame.encode(writer, false); }
void write(ByteWriter& writer, const PingFrame&) { write_type(writer, FrameType::ping); }
void write(ByteWriter& writer, const ImmediateAckFrame&) {
    write_type(writer, FrameType::immediate_ack);
}
void write(ByteWriter&, const OptionalFrame&) {}
template <class F>
void write(ByteWriter& writer, const F& frame) {
    frame.encode(writer);
}

// All frames of the packet, written in the shortest form; false where one is refused.
bool rewrite(ByteView packet, PacketSpace space, ByteWriter& writer) {
    FrameReader reader(packet, space);
    while (true) {
        const auto frame = reader.next();
        if (!frame) return false;
        if (!*frame) return true;
        std::visit([&](const auto& f) { write(writer, f); }, **frame);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > limits::kMaxDatagram) return 0;
    const auto packet = std::as_bytes(std::span(data, size));
    // The shortest form of a frame is never longer, but for a length that was left out.
    for (const auto space : {PacketSpace::handshake, PacketSpace::data}) {
        std::vector<std::byte> once(size + 64);
        std::vector<std::byte> twice(size + 64);
        ByteWriter first(once);
        ByteWriter second(twice);
        if (!rewrite(packet, space, first)) continue;
        require(!first.overflow());
        require(rewrite(first.written(), space, second));
        require(std::ranges::equal(first.written(), second.written()));
    }
    return 0;
}
