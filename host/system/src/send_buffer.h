#pragma once

#include <gantry/core/units.h>

#include <optional>

#include "owned_socket.h"

namespace gantry::host {

// What the system holds of a connection's bytes until the peer has them. The system sizes it by
// itself up to a maximum (tcp(7), tcp_wmem), which is too little for a fast and long path: a sender
// is woken when a third is free, and what is left by then must be more than may be in flight, or
// BBR takes it for one who has nothing to send and never ends its start.
struct SendBufferState {
    Duration round_trip{};
    int held = 0;     // bytes, as SO_SNDBUF tells it
    int allowed = 0;  // that may be asked for (net.core.wmem_max)
};

// What to ask for, as SO_SNDBUF takes it; none: leave it to the system. A little more would be
// worse than nothing.
std::optional<int> wider_send_buffer(const SendBufferState& state) noexcept;

// Widens it once, when the connection is found to need it. Call it when the system takes no more.
class SendBuffer {
  public:
    void note_full(OwnedSocket& socket);

  private:
    bool widened_ = false;
};

}  // namespace gantry::host
