#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace gantry::host {

using EnvironmentLookup = std::function<std::optional<std::string>(const std::string& name)>;

// Where a person's own files lie, by the XDG Base Directory Specification 0.8: a variable that is
// unset, empty or not absolute is ignored. Empty without a HOME.
struct UserFolders {
    std::filesystem::path config;  // $XDG_CONFIG_HOME/gantry
    std::filesystem::path state;   // $XDG_STATE_HOME/gantry
    static UserFolders find(const EnvironmentLookup& environment);
};

}  // namespace gantry::host
