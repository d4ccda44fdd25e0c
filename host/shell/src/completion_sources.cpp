#include <host/shell/completion_sources.h>
#include <host/shell/limits.h>

#include <filesystem>

namespace gantry::host {
namespace {

void keep(const std::string& name, std::string_view prefix, std::vector<std::string>& into) {
    if (name.rfind(prefix, 0) == 0) into.push_back(name);
}

std::string home_path(const ShellState& state, const std::string& typed) {
    if (typed.rfind("~/", 0) != 0) return typed;
    return state.variable("HOME").value_or("~") + typed.substr(1);
}

}  // namespace

std::vector<std::string> complete_path(const ShellState& state, std::string_view prefix,
                                       bool folders_only) {
    const auto slash = prefix.rfind('/');
    const std::string folder(slash == prefix.npos ? "" : prefix.substr(0, slash + 1));
    const auto start = slash == prefix.npos ? prefix : prefix.substr(slash + 1);
    std::vector<std::string> found;
    std::error_code problem;
    std::filesystem::directory_iterator entries(state.local_path(home_path(state, folder)),
                                                problem);
    for (; !problem && entries != std::filesystem::directory_iterator();
         entries.increment(problem)) {
        const auto name = entries->path().filename().string();
        const bool hidden = name[0] == '.' && (start.empty() || start[0] != '.');
        if (hidden || name.rfind(start, 0) != 0) continue;
        std::error_code unknown;
        const bool is_folder = entries->is_directory(unknown);
        if (folders_only && !is_folder) continue;
        found.push_back(folder + name + (is_folder ? "/" : ""));
        if (found.size() >= shell_limits::kCompletions) break;
    }
    return found;
}

CompletionSources real_completion_sources(const CommandCatalog& catalog, HostServices& services,
                                          const ShellState& state) {
    CompletionSources sources;
    sources.catalog = &catalog;
    sources.paths = [&](std::string_view prefix) { return complete_path(state, prefix, false); };
    sources.folders = [&](std::string_view prefix) { return complete_path(state, prefix, true); };
    sources.jobs = [&](std::string_view prefix) {
        Names names;
        if (const auto* jobs = services.jobs_so_far())
            for (const auto& job : jobs->snapshot())
                if (job.state == JobState::running && job.parent.value() == 0)
                    keep("%" + std::to_string(job.id.value()), prefix, names);
        return names;
    };
    sources.plugins = [&](std::string_view prefix) {
        Names names;
        for (const auto& plugin : services.plugins().list())
            if (plugin.descriptor) keep(plugin.descriptor->manifest.name, prefix, names);
        return names;
    };
    sources.aliases = [&](std::string_view prefix) {
        Names names;
        for (const auto& [name, text] : state.aliases) keep(name, prefix, names);
        return names;
    };
    sources.variables = [&](std::string_view prefix) {
        Names names;
        for (const auto& [name, value] : state.variables) keep(name, prefix, names);
        return names;
    };
    sources.settings = [&](std::string_view prefix) {
        Names names;
        for (const auto& setting : services.configuration().all())
            keep(setting.declared.key, prefix, names);
        return names;
    };
    return sources;
}

}  // namespace gantry::host
