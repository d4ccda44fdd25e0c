#pragma once

#include <lftp/core/packet_builder.h>
#include <lftp/wire/close_frame.h>

#include <array>
#include <string>

namespace gantry::lftp {

// The end of a connection that we close: which packets of it are to go out (docs/protocols/rudp.md
// section 10). It is sent once, and then as an answer to the 1st, 3rd, 7th ... packet that comes.
class Closing {
  public:
    void begin(const CloseFrame& frame, bool in_handshake, bool in_data);
    void on_packet() noexcept;

    bool due(PacketSpace space) const noexcept { return due_[static_cast<std::size_t>(space)]; }
    // Writes it, once for each time that it is due. In a handshake packet an application's code
    // does not travel.
    void write(PacketSpace space, PacketBuilder& packet);

  private:
    CloseFrame frame_;
    std::string reason_;
    std::array<bool, 2> spaces_{};
    std::array<bool, 2> due_{};
    std::uint64_t patience_ = 1;  // packets to wait for
    std::uint64_t waited_ = 0;
};

}  // namespace gantry::lftp
