#pragma once

#include <gantry/access/access_rules.h>

#include <string>
#include <string_view>

namespace gantry::crypto {

inline constexpr std::size_t kMaxAccessBytes = 1024 * 1024;

// Reads a file of access rules (docs/protocols/crypto.md section 8). `name` is the file's, for
// errors: ErrorCode::usage with "NAME:LINE" as context, limit.
Result<AccessRules> parse_access_toml(std::string_view text, const std::string& name);

}  // namespace gantry::crypto
