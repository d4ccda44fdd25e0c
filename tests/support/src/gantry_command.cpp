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

ProcessSpec gantry_as_nobody(std::vector<std::string> arguments,
                             const std::filesystem::path& home) {
    namespace fs = std::filesystem;
    fs::permissions(home, fs::perms(0755));
    const fs::path program = home / ".program";
    if (!fs::exists(program)) {
        fs::create_directories(program / "plugins");
        fs::copy_file(GANTRY_BINARY_DIR "/bin/gantry", program / "gantry");
        for (const auto& entry : fs::directory_iterator(GANTRY_BINARY_DIR "/lib/gantry/plugins"))
            fs::copy_file(entry.path(), program / "plugins" / entry.path().filename());
    }
    ProcessSpec spec = gantry_command(std::move(arguments), home);
    spec.command[0] = program / "gantry";
    spec.command[2] = program / "plugins";
    spec.user = 65534;
    return spec;
}

}  // namespace gantry::testing
