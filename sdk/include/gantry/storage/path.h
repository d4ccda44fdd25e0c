#pragma once

#include <gantry/core/result.h>

#include <string>
#include <string_view>

namespace gantry {

// Checks the form of a path by the rules of FileStore without touching any file: the one gate for
// names that a peer sent. Answers the path with empty and "." components dropped. ErrorCode::denied
// for "..", and for an absolute path; usage for NUL in it or one that is too long.
Result<std::string> normalize_path(std::string_view path);

// "FOLDER/NAME"; either may be empty, and the other is the path then.
std::string join_path(std::string_view folder, std::string_view name);

}  // namespace gantry
