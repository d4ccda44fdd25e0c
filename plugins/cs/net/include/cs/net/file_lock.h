#pragma once

#include <gantry/storage/file.h>

#include <string>

namespace gantry::cs {

// Keeps others, in any process, from writing the same file, until it is closed, also by the end of
// the process. Waits a second for one who is about to go; then ErrorCode::busy with `message`. Has
// no effect where the store or the file system has no locks. Blocking.
Result<void> lock_file(const File& file, std::string message, const std::string& path);

}  // namespace gantry::cs
