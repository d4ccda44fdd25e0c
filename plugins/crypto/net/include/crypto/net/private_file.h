#pragma once

#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <string>

namespace gantry::crypto {

// Makes a file that its owner alone may read and write (mode 0600), with this content, and syncs
// it. ErrorCode::exists when the name is taken, whatever by; nothing is left behind by a failure.
// Blocks.
Result<void> create_private_file(const std::string& path, const std::string& shown_name,
                                 ByteView content);

}  // namespace gantry::crypto
