#pragma once

#include <gantry/core/strong.h>

#include <cstdint>

namespace gantry::lftp {

// Names a connection at the side that a packet goes to. Random, so that nobody guesses it; 0 is
// none.
using ConnectionId = Strong<struct ConnectionIdTag, std::uint64_t>;

}  // namespace gantry::lftp
