#pragma once

#include "connection_pair.h"

#include <gantry/crypto/digest.h>

#include <string>

namespace gantry::lftp {

// Hands a plain data packet with these frames (hex, blanks are for the reader) to one side, as if
// the other had sent it.
inline void forge(ConnectionPair& pair, Side to, const std::string& frames, std::uint64_t number) {
    std::string digits;
    for (const char c : frames)
        if (c != ' ') digits += c;
    Connection& connection = to == Side::client ? pair.client() : pair.server();
    std::array<std::byte, 1500> bytes{};
    ByteWriter writer(bytes);
    DataHeader{false, connection.local_id(), static_cast<std::uint32_t>(number)}.encode(writer);
    writer.bytes(from_hex(digits).value());
    write_checksum(writer);
    connection.receive(ByteSpan(bytes).first(writer.size()), EcnMark::none, pair.now());
}

// How the connection of that side has ended, or none.
inline std::optional<ConnectionEnded> end_of(ConnectionPair& pair, Side side) {
    for (const auto& event : pair.events(side))
        if (const auto* ended = std::get_if<ConnectionEnded>(&event)) return *ended;
    return std::nullopt;
}

}  // namespace gantry::lftp
