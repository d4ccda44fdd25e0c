#include <support/gantry_command.h>

namespace gantry::testing {

ProcessSpec gantry_command(std::vector<std::string> arguments, const std::filesystem::path& home) {
    ProcessSpec spec;
    spec.command = {GANTRY_BINARY_DIR "/bin/gantry", "--plugin-path",
                    GANTRY_BINARY_DIR "/lib/gantry/plugins"};
    spec.command.insert(spec.command.end(), arguments.begin(), arguments.end());
    spec.folder = home;
    spec.environment = {{"HOME", home},
                        {"XDG_CONFIG_HOME", home / ".config"},
                        {"XDG_STATE_HOME", home / ".state"},
                        {"XDG_CACHE_HOME", home / ".cache"},
                        {"XDG_DATA_HOME", home / ".data"},
                        {"XDG_RUNTIME_DIR", home / ".run"},
                        {"XDG_CONFIG_DIRS", home / ".system"},
                        {"TERM", "dumb"}};
    return spec;
}

}  // namespace gantry::testing
