#pragma once

#include <cstdint>

namespace gantry::cs {

// How the bytes of files get into a connection (docs/performance.md): from the file by the system,
// or from memory, where the pool has read them to. Memory serves a connection that is encrypted,
// whose loop would else read, and a client on this machine where they are read for a check anyway.
enum class SendFrom : std::uint8_t { file, memory };

}  // namespace gantry::cs
