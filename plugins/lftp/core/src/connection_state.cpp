#include <lftp/core/connection_state.h>

#include <array>

namespace gantry::lftp {

namespace {

using To = ConnectionState;
using Row = std::array<std::optional<ConnectionState>, 6>;

constexpr std::optional<ConnectionState> kStays;

// By state; by step in each row: handshake_done, confirmation, close_sent, close_received,
// time_over, silence.
constexpr std::array<Row, 6> kStateTable{{
    {To::open, kStays, To::closing, To::draining, kStays, To::closed},       // handshaking
    {kStays, To::confirmed, To::closing, To::draining, kStays, To::closed},  // open
    {kStays, kStays, To::closing, To::draining, kStays, To::closed},         // confirmed
    {kStays, kStays, kStays, To::draining, To::closed, To::closed},          // closing
    {kStays, kStays, kStays, kStays, To::closed, To::closed},                // draining
    {kStays, kStays, kStays, kStays, kStays, kStays},                        // closed
}};

constexpr std::array<std::string_view, 6> kStateNames{"handshaking", "open",     "confirmed",
                                                      "closing",     "draining", "closed"};

}  // namespace

std::optional<ConnectionState> state_after(ConnectionState state, ConnectionStep step) noexcept {
    return kStateTable[static_cast<std::size_t>(state)][static_cast<std::size_t>(step)];
}

std::string_view state_name(ConnectionState state) noexcept {
    return kStateNames[static_cast<std::size_t>(state)];
}

}  // namespace gantry::lftp
