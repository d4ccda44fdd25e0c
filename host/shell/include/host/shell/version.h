#pragma once

#include <string>
#include <string_view>

namespace gantry::host {

inline constexpr std::string_view kVersion = GANTRY_VERSION;

// "gantry 0.1.0 (plugin ABI 1.0, libstdc++=12 ...)" and a newline.
std::string version_text();

}  // namespace gantry::host
