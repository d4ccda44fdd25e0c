#pragma once

#include <gantry/core/result.h>

#include <nlohmann/json.hpp>

#include <string_view>

namespace gantry::manifest {

// Foreign JSON text as a tree, or ErrorCode::plugin with the place. Refused are: text over
// manifest_limits::kBytes, nesting over kDepth, a string over kTextBytes, a member that occurs
// twice in its object, and whatever is not JSON in UTF-8.
Result<nlohmann::json> read_document(std::string_view text);

}  // namespace gantry::manifest
