#include <host/shell/shell_catalog.h>

#include <algorithm>

namespace gantry::host {

std::optional<CommandSpec> ShellCatalog::find(std::string_view name) const {
    if (const auto* builtin = builtins_.find(name)) return builtin->spec;
    if (builtins_.owns(name)) return std::nullopt;
    return plugins_().find_command(name);
}

std::vector<CommandSpec> ShellCatalog::all() const {
    auto specs = builtins_.specs();
    for (auto& spec : plugins_().commands())
        if (!builtins_.owns(spec.name)) specs.push_back(std::move(spec));
    std::sort(specs.begin(), specs.end(),
              [](const CommandSpec& a, const CommandSpec& b) { return a.name < b.name; });
    return specs;
}

std::string ShellCatalog::group_for_scheme(std::string_view scheme) const {
    return plugins_().group_for_scheme(scheme);
}

}  // namespace gantry::host
