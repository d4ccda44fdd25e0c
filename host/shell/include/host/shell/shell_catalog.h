#pragma once

#include <host/shell/builtins.h>
#include <host/shell/command_catalog.h>

namespace gantry::host {

// The host's own commands and those of the plugins. The plugins are asked only where the host's own
// do not answer. What is passed outlives the catalogue.
class ShellCatalog final : public CommandCatalog {
  public:
    ShellCatalog(const BuiltinTable& builtins, PluginsNeeded plugins)
        : builtins_(builtins), plugins_(std::move(plugins)) {}
    std::optional<CommandSpec> find(std::string_view name) const override;
    std::vector<CommandSpec> all() const override;
    std::string group_for_scheme(std::string_view scheme) const override;

  private:
    const BuiltinTable& builtins_;
    PluginsNeeded plugins_;
};

}  // namespace gantry::host
