#pragma once

#include <gantry/plugin/manifest.h>
#include <host/runtime/command_request.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

class Runtime;

enum class PluginState : std::uint8_t {
    available,  // found on the path, not loaded
    loaded,
    stopping,
    retained,  // unloaded, but its file could not be unmapped
    refused,   // found, but its descriptor or the gate refused it
};

struct LedgerCount {
    std::string kind;  // "command", "service", "loop", "timer", "descriptor", "thread", "job" ...
    std::size_t count = 0;
};

struct PluginInfo {
    std::filesystem::path file;
    PluginState state = PluginState::available;
    std::optional<Descriptor> descriptor;
    std::optional<Error> problem;  // why refused or retained
    std::vector<LedgerCount> ledger;
    Duration load_time{};
};

struct UnloadOptions {
    Duration drain = std::chrono::seconds(10);
    bool recursive = false;  // take the plugins that require this one along, dependents first
};

// What an unload found afterwards: the proof.
struct UnloadReport {
    std::string name;
    bool unmapped = false;  // no mapping of the file is left
    std::string retained_reason;
    std::size_t cancelled_jobs = 0;
    std::size_t swept = 0;  // registrations the plugin had left behind
    Duration elapsed{};
};

// Finds, loads, runs and unloads plugins. Thread-safe; load and unload block the caller.
class PluginManager {
  public:
    // `runtime` outlives the manager. Reads the descriptors in `folders` (first wins on a name).
    PluginManager(Runtime& runtime, std::vector<std::filesystem::path> folders);
    ~PluginManager();  // unloads all, dependents first

    const std::vector<std::filesystem::path>& folders() const noexcept;
    std::vector<PluginInfo> list() const;  // by name
    Result<PluginInfo> info(std::string_view name) const;
    // `what` is a plugin's name or a file (it has a '/' or ends in .so). Loads the plugins that
    // provide what it requires first. exists when it is loaded.
    Result<PluginInfo> load(const std::string& what);
    // Dependents first; one report per plugin. busy when others require it and not recursive.
    Result<std::vector<UnloadReport>> unload(std::string_view name, const UnloadOptions& options);
    // The descriptor only; runs no code of the file.
    static Result<Descriptor> inspect(const std::filesystem::path& file);

    // The spec of a plugin's command, loaded or not, and of all of them, by name.
    std::optional<CommandSpec> find_command(std::string_view name) const;
    std::vector<CommandSpec> commands() const;
    // The command group for a URL scheme: "cs" for "cs://...". Empty when no plugin has it.
    std::string group_for_scheme(std::string_view scheme) const;

    // Starts a command, after loading its plugin when needed; `finished` tells the rest, also when
    // this answers an id. An Error means that it never began, and `finished` is not called.
    Result<JobId> start(CommandRequest request);
    // A session on `url`, owned by the caller, gone before its plugin unloads: the caller is told
    // by `revoked`, on any thread, and must drop it then.
    Result<std::unique_ptr<Session>> open_session(const std::string& url, const Arguments& options,
                                                  CancelToken& cancel, Task revoked);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

std::string_view plugin_state_name(PluginState state) noexcept;

}  // namespace gantry::host
