#pragma once

#include <gantry/command/spec.h>
#include <gantry/core/result.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// All commands that can be typed: the host's own and those of the plugins, loaded or not.
class CommandCatalog {
  public:
    virtual ~CommandCatalog() = default;
    virtual std::optional<CommandSpec> find(std::string_view name) const = 0;
    virtual std::vector<CommandSpec> all() const = 0;  // by name
    // The command group for a URL scheme: "cs" for "cs://...". Empty: none.
    virtual std::string group_for_scheme(std::string_view scheme) const = 0;
};

struct ResolvedCommand {
    CommandSpec spec;
    std::size_t words = 0;  // of the line that are the command's name
};

// The command that a line begins with: the longest name that fits. usage: there is none, with what
// was perhaps meant.
Result<ResolvedCommand> resolve_command(const CommandCatalog& catalog,
                                        std::span<const std::string> words);

// The last words of the names that begin with `group`: "serve", "ls" for "cs".
std::vector<std::string> commands_of_group(const std::vector<CommandSpec>& all,
                                           std::string_view group);
// The first words of all names, each once.
std::vector<std::string> first_words(const std::vector<CommandSpec>& all);

}  // namespace gantry::host
