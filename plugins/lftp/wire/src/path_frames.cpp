#include <lftp/wire/path_frames.h>

#include <algorithm>

namespace gantry::lftp {

void PathFrame::encode(ByteWriter& writer) const {
    write_type(writer, type);
    writer.bytes(token);
}

PathFrame PathFrame::decode(PacketReader& reader, FrameType type) {
    PathFrame out;
    out.type = type;
    const auto token = reader.bytes(out.token.size());
    std::copy(token.begin(), token.end(), out.token.begin());
    return out;
}

}  // namespace gantry::lftp
