#pragma once

#include <cs/wire/frame_header.h>
#include <gantry/bytes/crc32c.h>

namespace gantry::cs {

// Its bytes() are a check value as docs/protocols/cs.md has it.
using gantry::Crc32c;

}  // namespace gantry::cs
