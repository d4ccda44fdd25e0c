#pragma once

#include <gantry/core/result.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace gantry {

// Small files of the person's own, at paths of their own choice. All block.

// The whole of a file. ErrorCode::not_found when there is none; limit beyond `max_bytes`.
Result<std::string> read_whole_file(const std::filesystem::path& file, std::size_t max_bytes);

// Readers see the old content or the new, never a part. The folders above are made (mode 0700) and
// a new file has mode 0600; a replaced one keeps its mode. A symbolic link stays one: its target is
// replaced.
Result<void> write_file_atomically(const std::filesystem::path& file, std::string_view text);

// Makes a folder, and those above it, with mode 0700 where they are missing.
Result<void> make_private_folders(const std::filesystem::path& folder);

}  // namespace gantry
