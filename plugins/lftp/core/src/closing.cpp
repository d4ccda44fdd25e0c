#include <lftp/core/closing.h>

namespace gantry::lftp {

void Closing::begin(const CloseFrame& frame, bool in_handshake, bool in_data) {
    reason_ = frame.reason;
    frame_ = frame;
    frame_.reason = reason_;
    due_ = spaces_ = {in_handshake, in_data};
}

void Closing::on_packet() noexcept {
    if (++waited_ < patience_) return;
    waited_ = 0;
    patience_ *= 2;
    due_ = spaces_;
}

void Closing::write(PacketSpace space, PacketBuilder& packet) {
    due_[static_cast<std::size_t>(space)] = false;
    packet.note_frame();
    if (space == PacketSpace::data || !frame_.by_application) return frame_.encode(packet.writer());
    CloseFrame{}.encode(packet.writer());
}

}  // namespace gantry::lftp
