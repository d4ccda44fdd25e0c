#pragma once

#include <gantry/command/spec.h>
#include <gantry/core/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// A value of a TOML document by its full key, as text.
struct TomlEntry {
    std::string key;  // "cs.port"
    std::string value;
    std::size_t line = 0;
    bool operator==(const TomlEntry&) const = default;
};

inline constexpr std::size_t kMaxConfigBytes = 1024 * 1024;
inline constexpr std::size_t kMaxConfigEntries = 4096;

// The texts, numbers and booleans of a document. `name` stands in errors: usage for a document that
// is not TOML or holds another kind of value, limit beyond the limits above.
Result<std::vector<TomlEntry>> read_toml_settings(std::string_view text, const std::string& name);

// The document with `key` set to `value`; the rest, comments and order, stays as it is. `kind` says
// how the value is written: a number without quotes. usage when the document is not TOML.
Result<std::string> set_in_toml(const std::string& text, const std::string& key,
                                const std::string& value, ValueKind kind);

}  // namespace gantry::host
