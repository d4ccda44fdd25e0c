#pragma once

#include <cs/wire/frame_header.h>
#include <gantry/storage/file.h>

namespace gantry::cs {

// A file's identity as a file response tells it: the same bytes as long as the file is the same.
Bytes identity_bytes(const FileIdentity& identity);

}  // namespace gantry::cs
