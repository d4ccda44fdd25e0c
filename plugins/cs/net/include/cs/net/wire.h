#pragma once

#include <cstdint>

namespace gantry::cs {

// How the bytes on a connection look: docs/protocols/cs.md, or cs-classic.md.
enum class Wire : std::uint8_t { cs1, classic };

}  // namespace gantry::cs
