#include <cs/wire/classic_reply.h>
#include <cs/wire/limits.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry::cs {

namespace {

Error not_classic(std::uint16_t protocol) {
    const bool newer = (protocol & 0xFFU) == FrameHeader::kMagic;
    return protocol_error(newer ? "the server speaks cs1, the newer wire: leave --wire classic out"
                                : "the answer is no reply of the classic wire");
}

}  // namespace

std::array<std::byte, ClassicHeader::kSize> ClassicHeader::encode() const {
    std::array<std::byte, kSize> out{};
    ByteWriter(out).u16(0).u16(service).u16(limits::kClassicVersion).u16(id).u16(length).u16(error);
    return out;
}

Result<ClassicHeader> ClassicHeader::decode(ByteView bytes) {
    ByteReader reader(bytes);
    const auto protocol = reader.u16().value();
    ClassicHeader header;
    header.service = reader.u16().value();
    const auto version = reader.u16().value();
    header.id = reader.u16().value();
    header.length = reader.u16().value();
    header.error = reader.u16().value();
    if (protocol != 0 || version != limits::kClassicVersion) return not_classic(protocol);
    if (header.length < kSize) return protocol_error("a packet says it is shorter than its header");
    if (header.error != 0 && !header.last()) return protocol_error("an error packet has data");
    return header;
}

Result<std::optional<ClassicPacket>> ClassicReplyDecoder::next() {
    if (std::exchange(told_, false)) kept_.clear();
    if (!gather(ClassicHeader::kSize)) return std::optional<ClassicPacket>();
    auto header = ClassicHeader::decode(kept_);
    if (!header) return std::move(header).error();
    if (!gather(header->length)) return std::optional<ClassicPacket>();
    told_ = true;
    return std::optional(ClassicPacket{*header, ByteView(kept_).subspan(ClassicHeader::kSize)});
}

// Whether `size` bytes of the packet are there.
bool ClassicReplyDecoder::gather(std::size_t size) {
    if (kept_.size() >= size) return true;
    const auto part = input_.first(std::min(input_.size(), size - kept_.size()));
    input_ = input_.subspan(part.size());
    kept_.insert(kept_.end(), part.begin(), part.end());
    return kept_.size() == size;
}

}  // namespace gantry::cs
