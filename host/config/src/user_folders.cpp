#include <host/config/user_folders.h>

namespace gantry::host {
namespace {

std::filesystem::path folder(const EnvironmentLookup& environment, const char* variable,
                             const char* below_home) {
    const auto named = environment(variable);
    if (named && std::filesystem::path(*named).is_absolute())
        return std::filesystem::path(*named) / "gantry";
    const auto home = environment("HOME");
    if (!home || home->empty()) return {};
    return std::filesystem::path(*home) / below_home / "gantry";
}

}  // namespace

UserFolders UserFolders::find(const EnvironmentLookup& environment) {
    return {folder(environment, "XDG_CONFIG_HOME", ".config"),
            folder(environment, "XDG_STATE_HOME", ".local/state")};
}

}  // namespace gantry::host
