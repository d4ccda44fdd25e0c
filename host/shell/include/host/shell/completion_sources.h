#pragma once

#include <host/config/configuration.h>
#include <host/shell/completion.h>
#include <host/shell/host_services.h>
#include <host/shell/shell_state.h>

namespace gantry::host {

// What a real shell completes from: its folder, the job table, the plugins, its variables. All are
// read when they are asked for, and outlive the sources.
CompletionSources real_completion_sources(const CommandCatalog& catalog, HostServices& services,
                                          const ShellState& state);

// The names in the folder that `prefix` names, beginning as it does; folders end in '/'. Hidden
// ones only when the prefix asks for them. At most shell_limits::kCompletions.
std::vector<std::string> complete_path(const ShellState& state, std::string_view prefix,
                                       bool folders_only);

}  // namespace gantry::host
