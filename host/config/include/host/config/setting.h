#pragma once

#include <gantry/command/spec.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// Where a value may come from, the strongest first.
enum class Layer : std::uint8_t { flag, environment, user_file, system_file, fallback };
std::string_view layer_name(Layer layer) noexcept;

// A setting that exists. Keys are lower-case words joined by dots; a plugin's start with its name.
struct DeclaredSetting {
    std::string key;  // "history_size", "cs.port"
    ValueKind kind = ValueKind::text;
    std::string fallback;  // empty: none
    std::string summary;
    std::vector<std::string> choices;
    bool operator==(const DeclaredSetting&) const = default;
};

// A setting with the value that won.
struct Setting {
    DeclaredSetting declared;
    std::optional<std::string> value;
    Layer origin = Layer::fallback;
    std::string source;  // "GANTRY_CS_PORT", "/etc/gantry/config.toml:3"; empty for a fallback
    bool operator==(const Setting&) const = default;
};

// "cs.port" is set by GANTRY_CS_PORT.
std::string environment_name(std::string_view key);

}  // namespace gantry::host
