#include "send_buffer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <fstream>

namespace gantry::host {

namespace {

constexpr Duration kLongPath = std::chrono::milliseconds(50);
constexpr int kGrown = 3 * 1024 * 1024;  // by itself: near the usual maximum, 4 MiB
constexpr int kWide = 8 * 1024 * 1024;   // of which the system makes twice as much

int allowed_bytes() {
    int bytes = 0;
    std::ifstream("/proc/sys/net/core/wmem_max") >> bytes;
    return bytes;
}

std::optional<SendBufferState> state_of(OwnedSocket& socket) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (::getsockopt(socket.fd(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
    SendBufferState state{std::chrono::microseconds(info.tcpi_rtt)};
    size = sizeof state.held;
    if (::getsockopt(socket.fd(), SOL_SOCKET, SO_SNDBUF, &state.held, &size) != 0)
        return std::nullopt;
    return state;
}

}  // namespace

std::optional<int> wider_send_buffer(const SendBufferState& state) noexcept {
    const bool needs = state.round_trip >= kLongPath && state.held >= kGrown;
    if (!needs || state.held >= 2 * kWide || state.allowed < kWide) return std::nullopt;
    return kWide;
}

// Who administers the network may pass the limit.
void SendBuffer::note_full(OwnedSocket& socket) {
    if (widened_) return;
    auto state = state_of(socket);
    if (!state) return;
    state->allowed = kWide;
    const auto size = wider_send_buffer(*state);
    if (!size) return;
    widened_ = true;  // or cannot be
    if (socket.set(SOL_SOCKET, SO_SNDBUFFORCE, *size)) return;
    state->allowed = allowed_bytes();
    if (wider_send_buffer(*state)) (void)socket.set(SOL_SOCKET, SO_SNDBUF, *size);
}

}  // namespace gantry::host
