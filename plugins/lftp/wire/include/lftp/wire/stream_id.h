#pragma once

#include <gantry/core/strong.h>

#include <cstdint>

namespace gantry::lftp {

enum class Side : std::uint8_t { client = 0, server = 1 };
constexpr Side other(Side side) noexcept {
    return side == Side::client ? Side::server : Side::client;
}

// A stream of a connection (docs/protocols/rudp.md section 3, "Stream"). Each side counts those
// that it opens: 0, 1, 2 ...
using StreamId = Strong<struct StreamIdTag, std::uint64_t>;

constexpr StreamId stream_id(Side opener, std::uint64_t index) noexcept {
    return StreamId(2 * index + static_cast<std::uint64_t>(opener));
}
constexpr Side opener(StreamId id) noexcept {
    return (id.value() & 1U) == 0 ? Side::client : Side::server;
}
constexpr std::uint64_t index_of(StreamId id) noexcept { return id.value() / 2; }

}  // namespace gantry::lftp
