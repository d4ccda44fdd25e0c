#pragma once

#include <cs/wire/fields.h>

#include <string_view>

namespace gantry::cs {

// What people call a check of a whole file: "bep52", "sha256", "crc32c". Empty: it has no name.
std::string_view check_name(CheckAlgorithm algorithm) noexcept;
// none: nothing is called so.
CheckAlgorithm check_named(std::string_view name) noexcept;

}  // namespace gantry::cs
