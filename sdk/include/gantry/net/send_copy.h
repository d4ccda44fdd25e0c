#pragma once

#include <gantry/net/stream.h>
#include <gantry/storage/file.h>

namespace gantry {

// Stream::send_file for a stream that has no better way: reads the file piece by piece and writes
// each piece, until one is not taken whole. Same answers and errors.
Result<std::size_t> send_copy(Stream& to, File& file, std::uint64_t offset, std::size_t count);

}  // namespace gantry
