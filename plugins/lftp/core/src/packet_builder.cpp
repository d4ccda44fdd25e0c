#include <lftp/core/packet_builder.h>

namespace gantry::lftp {

void PacketBuilder::note(const SentFrame& frame) noexcept {
    record_.add(frame);
    note_counting();
}

void PacketBuilder::pad_to(std::size_t size) noexcept {
    while (!closed_ && writer_.room() > 0 && writer_.size() + overhead_ < size) {
        write_type(writer_, FrameType::padding);
        record_.in_flight = true;
    }
}

}  // namespace gantry::lftp
