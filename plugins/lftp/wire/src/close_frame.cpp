#include <lftp/wire/close_frame.h>
#include <lftp/wire/limits.h>
#include <lftp/wire/varint.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

// The most that its fields take before the reason.
constexpr std::size_t kMaxCloseHead = 1 + 8 + 1 + 2;

}  // namespace

void CloseFrame::encode(ByteWriter& writer) const {
    write_type(writer, by_application ? FrameType::application_close : FrameType::transport_close);
    write_varint(writer, code);
    if (!by_application) write_type(writer, cause);
    const std::size_t room = writer.room() > kMaxCloseHead ? writer.room() - kMaxCloseHead : 0;
    const auto text = reason.substr(0, std::min(limits::kMaxReason, room));
    write_varint(writer, text.size());
    writer.text(text);
}

CloseFrame CloseFrame::decode(PacketReader& reader, FrameType type) {
    CloseFrame out;
    out.by_application = type == FrameType::application_close;
    out.code = reader.varint();
    if (!out.by_application) out.cause = static_cast<FrameType>(reader.u8());
    out.reason = as_text(reader.bytes(reader.varint())).substr(0, limits::kMaxReason);
    return out;
}

}  // namespace gantry::lftp
