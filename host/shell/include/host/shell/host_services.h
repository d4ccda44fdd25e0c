#pragma once

#include <host/config/configuration.h>
#include <host/loader/plugin_manager.h>
#include <host/runtime/runtime.h>
#include <host/shell/process_options.h>
#include <host/shell/terminal.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace gantry::host {

// The parts of the host that cost time to make, each made when it is first needed. Thread-safe.
class HostServices {
  public:
    // All outlive the services.
    HostServices(const ProcessOptions& options, Configuration& configuration, Terminal& terminal);
    ~HostServices();  // unloads the plugins

    Runtime& runtime();
    PluginManager& plugins();
    // The job table, or null as long as nothing was run.
    const JobTable* jobs_so_far() const noexcept { return jobs_.load(); }
    // The settings, with those of all plugins declared.
    Configuration& configuration();

  private:
    Runtime& make_runtime();
    std::vector<std::filesystem::path> plugin_folders() const;

    const ProcessOptions& options_;
    Configuration& configuration_;
    Terminal& terminal_;
    std::recursive_mutex mutex_;
    std::unique_ptr<Runtime> runtime_;
    std::unique_ptr<PluginManager> plugins_;
    std::atomic<JobTable*> jobs_{nullptr};
    std::atomic<PluginManager*> plugins_so_far_{nullptr};
};

// The host's own settings.
std::vector<DeclaredSetting> host_settings();
// The folder of the running program: /proc/self/exe.
std::filesystem::path program_folder();

}  // namespace gantry::host
