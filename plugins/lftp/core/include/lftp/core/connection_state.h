#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gantry::lftp {

// Where a connection stands (docs/protocols/rudp.md section 4). A client is handshaking from the
// begin.
enum class ConnectionState : std::uint8_t {
    handshaking,
    open,       // there are keys, or none are needed
    confirmed,  // and both sides know it
    closing,    // we said that it is over
    draining,   // the peer said so
    closed,     // nothing is sent or taken any more
};

enum class ConnectionStep : std::uint8_t {
    handshake_done,
    confirmation,
    close_sent,
    close_received,  // or a reset
    time_over,       // of closing and draining
    silence,         // the idle timeout, or nobody to tell of the end
};

// What comes after; nothing where the step means nothing in that state.
std::optional<ConnectionState> state_after(ConnectionState state, ConnectionStep step) noexcept;
// In snake_case, for traces.
std::string_view state_name(ConnectionState state) noexcept;

}  // namespace gantry::lftp
