#include <lftp/wire/handshake_done_frame.h>

#include <algorithm>

namespace gantry::lftp {

void HandshakeDoneFrame::encode(ByteWriter& writer) const {
    write_type(writer, FrameType::handshake_done);
    writer.bytes(token);
}

HandshakeDoneFrame HandshakeDoneFrame::decode(PacketReader& reader) {
    HandshakeDoneFrame out;
    const auto token = reader.bytes(out.token.size());
    std::copy(token.begin(), token.end(), out.token.begin());
    return out;
}

}  // namespace gantry::lftp
